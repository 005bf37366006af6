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

    [Theory]
    [InlineData("mae", "mean_absolute_error", false)]
    [InlineData("""{"class_name": "AUC", "config": {"name": "area"}}""", "area", true)]
    [InlineData("cosine_similarity", "cosine_similarity", true)]
    [InlineData("mse", "loss", false)]
    public void TheMetricTellsWhichValuesAreBetter(string metric, string monitor, bool larger)
    {
        GeneratedScript script = ScriptGenerator.Training(Mlp, TestModels.Compiled("adam", "mse", metric), new FitSettings { Callbacks = [new EarlyStopping { Monitor = monitor }] });
        Assert.Contains($"early_stopping_best = {(larger ? "-" : "")}1.7976931348623157e308", script.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ACallbackOnAMetricWithoutADirectionNeedsAMode()
    {
        TrainingSpec spec = TestModels.Compiled("adam", "mse", "true_positives");
        Assert.Throws<Keras2DmlException>(() => ScriptGenerator.Training(Mlp, spec, new FitSettings { Callbacks = [new EarlyStopping { Monitor = "true_positives" }] }));
        ScriptGenerator.Training(Mlp, spec, new FitSettings { Callbacks = [new EarlyStopping { Monitor = "true_positives", Mode = "max" }] });
    }

    [Fact]
    public void WeightsForALossOfTheWholeBatchAreRefused()
    {
        TrainingSpec spec = TestModels.Compiled("adam", """{"class_name": "Dice", "config": {"axis": 0}}""");
        var settings = new FitSettings { SampleWeightColumns = [1] };
        Assert.Equal(
            "K2D6104: Dice over the batch axis gives 3 values for a whole batch, none for a row: sample weights and masks have nothing to weigh. Reduce other axes, or leave the weights out.",
            Assert.Throws<Keras2DmlException>(() => ScriptGenerator.Training(Mlp, spec, settings)).Message);
    }

    [Fact]
    public void AMetricOfPlainValuesIsRefused()
    {
        TrainingSpec spec = TestModels.Compiled("adam", "mse", "mean");
        Assert.Equal(
            "K2D6105: The metric Mean takes plain values; a model cannot be compiled with it. Expected a metric of targets and predictions, such as MeanSquaredError.",
            Assert.Throws<Keras2DmlException>(() => ScriptGenerator.Training(Mlp, spec, new FitSettings())).Message);
    }

    [Fact]
    public void AMetricOfSeveralNumbersHasANameForEach()
    {
        GeneratedScript script = ScriptGenerator.Training(Mlp, TestModels.Compiled("adam", "mse", "f1_score", "auc"), new FitSettings());
        Assert.Equal(["loss", "f1_score[0]", "f1_score[1]", "f1_score[2]", "auc"], script.MetricNames);
    }

    [Fact]
    public void AnMlpHasForwardAndBackwardCallsInOrder()
    {
        GeneratedScript script = ScriptGenerator.Training(Mlp, Spec, new FitSettings { Epochs = 3, ValidationSplit = 0.2, Callbacks = [new EarlyStopping { RestoreBestWeights = true, Patience = 2 }, new TerminateOnNaN()] });
        Assert.Contains("hidden_relu = relu::forward(hidden)", script.Text, StringComparison.Ordinal);
    }
}
