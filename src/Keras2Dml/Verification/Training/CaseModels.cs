using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Verification.Training;

/// <summary>Models of one layer.</summary>
internal static class CaseModels
{
    /// <summary>An input and a layer on it, from the layer's configuration.</summary>
    public static NetworkModel Of(string className, JsonObject config, Shape shape)
    {
        config["name"] = "layer";
        var reader = new ConfigReader();
        Layer? layer = reader.ReadLayer(new JsonObject { ["class_name"] = className, ["config"] = config });
        Layer? input = reader.ReadLayer(new JsonObject
        {
            ["class_name"] = "InputLayer",
            ["config"] = new JsonObject { ["name"] = "x", ["batch_shape"] = new JsonArray([null, .. shape.Sizes.ToArray().Select(s => (JsonNode)s)]) },
        });
        reader.ThrowIfAny();
        var spec = new TensorSpec(ElementType.Float32, shape);
        LayerUse[] uses = [new LayerUse("x", input!), new LayerUse("layer", layer!)];
        uses[1].Parameters = [.. layer!.Parameters([spec]).Select(p => new ModelParameter(p, $"layer/{p.Name}"))];
        return new NetworkModel
        {
            Name = "case", ClassName = "Functional",
            Nodes =
            [
                new Node { Id = 0, Layer = uses[0], Inputs = [], Outputs = [spec] },
                new Node { Id = 1, Layer = uses[1], Inputs = [new TensorReference(0)], Outputs = layer.Outputs([spec]) },
            ],
            Inputs = [new ModelInput("x", null, new TensorReference(0))],
            Outputs = [new ModelOutput("layer", null, new TensorReference(1))],
            Layers = uses,
        };
    }
}
