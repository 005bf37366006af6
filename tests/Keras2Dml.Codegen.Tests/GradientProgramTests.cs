using Keras2Dml.Codegen.Programs;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Codegen.Tests;

public sealed class GradientProgramTests
{
    private static readonly NetworkModel Mlp = TestModels.Sequential(
        new Shape(4),
        """{"class_name": "Dense", "config": {"name": "hidden", "units": 8, "activation": "relu"}}""",
        """{"class_name": "Dense", "config": {"name": "scores", "units": 3}}""");

    [Fact]
    public void AnMlpHasForwardAndBackwardCallsInOrder()
    {
        GeneratedScript script = ScriptGenerator.Gradient(Mlp, new GradientOptions { Training = true });
        Assert.Contains("hidden_relu = relu::forward(hidden)", script.Text, StringComparison.Ordinal);
    }
}
