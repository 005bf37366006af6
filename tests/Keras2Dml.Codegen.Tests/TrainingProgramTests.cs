using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Tests;

public sealed class TrainingProgramTests
{
    private static readonly NetworkModel Mlp = TestModels.Sequential(
        new Shape(4),
        """{"class_name": "Dense", "config": {"name": "hidden", "units": 8, "activation": "relu", "kernel_regularizer": "l2"}}""",
        """{"class_name": "Dense", "config": {"name": "scores", "units": 3}}""");

    private static readonly TrainingSpec Spec = TestModels.Compiled("adam", "mse", "mae");

    [Fact]
    public void AnMlpHasForwardAndBackwardCallsInOrder()
    {
        GeneratedScript script = ScriptGenerator.Training(Mlp, Spec, new FitSettings { Epochs = 3, ValidationSplit = 0.2, Callbacks = [new EarlyStopping { RestoreBestWeights = true, Patience = 2 }, new TerminateOnNaN()] });
        Assert.Contains("hidden_relu = relu::forward(hidden)", script.Text, StringComparison.Ordinal);
    }
}
