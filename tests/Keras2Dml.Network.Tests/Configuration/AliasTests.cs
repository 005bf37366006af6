using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Tests.Shared;

namespace Keras2Dml.Network.Tests.Configuration;

public sealed class AliasTests
{
    // Base classes and wrappers, which stand for no function of their own, and the optimizers that train variables by different ones.
    private static readonly string[] NotDeclared = ["Loss", "LossFunctionWrapper", "Metric", "MeanMetricWrapper", "Optimizer", "MultiOptimizer", "OptimizerMap", "Regularizer", "Constraint", "Initializer"];

    [Theory]
    [InlineData("losses", nameof(ObjectKind.Loss))]
    [InlineData("metrics", nameof(ObjectKind.Metric))]
    [InlineData("optimizers", nameof(ObjectKind.Optimizer))]
    [InlineData("activations", nameof(ObjectKind.Activation))]
    [InlineData("initializers", nameof(ObjectKind.Initializer))]
    [InlineData("regularizers", nameof(ObjectKind.Regularizer))]
    [InlineData("constraints", nameof(ObjectKind.Constraint))]
    public void Every_name_that_Keras_knows_means_what_it_means_there(string table, string kindName)
    {
        ObjectKind kind = Enum.Parse<ObjectKind>(kindName);
        JsonObject names = JsonNode.Parse(File.ReadAllText(Checkout.Golden("training/aliases.json")))![table]!.AsObject();
        List<string> wrong = [];
        foreach ((string alias, JsonNode? meaning) in names)
        {
            string target = (string)meaning!;
            if (!NotDeclared.Contains(target) && (KerasClasses.Find(kind, alias) is not { } found || (KerasClasses.Find(kind, target) is { } expected && !ReferenceEquals(found, expected) && alias != "accuracy")))
            {
                wrong.Add($"{alias} -> {target}");
            }
        }

        Assert.Empty(wrong);
    }
}
