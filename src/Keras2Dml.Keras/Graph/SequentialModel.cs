using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Graph;

/// <summary>Connects the layers of a Sequential model one after another.</summary>
internal static class SequentialModel
{
    /// <summary>Adds the calls, the input (from an Input layer, the first layer's shape, or what the model was built with) and the output.</summary>
    public static void Connect(ModelConfig model, JsonObject node, ConfigReader reader)
    {
        if (model.Layers.Count == 0 || !model.Layers[0].IsInput)
        {
            // Inside another model the input's shape comes from the call; the layer made here only stands for it.
            if (InputOf(model, node, reader) is { } input)
            {
                model.Layers.Insert(0, input);
            }
        }

        if (model.Layers.Count == 0)
        {
            return;
        }

        model.Inputs.Add(new ModelTensor(model.Layers[0].Name, 0, 0));
        for (int i = 1; i < model.Layers.Count; i++)
        {
            var tensor = new ModelTensor(model.Layers[i - 1].Name, 0, 0);
            model.Layers[i].Calls.Add(new LayerCall([CallArgument.Of(tensor)], []));
        }

        model.Outputs.Add(new ModelTensor(model.Layers[^1].Name, 0, 0));
    }

    private static ConfiguredLayer? InputOf(ModelConfig model, JsonObject node, ConfigReader reader)
    {
        var config = node["config"] as JsonObject;
        var first = (config?["layers"] ?? node["config"]) is JsonArray { Count: > 0 } layers ? layers[0] as JsonObject : null;
        (JsonNode? shape, JsonNode? type) = ShapeOf(first, config, node);
        if (shape is not JsonArray sizes)
        {
            if (model.Prefix.Length > 0)
            {
                sizes = [null];
            }
            else
            {
                reader.Add(KerasFileErrors.NoInputShape.ProblemAt($"model '{model.Name}' (Sequential)"));
                return null;
            }
        }

        var names = model.Layers.Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        string name = "input_layer";
        for (int i = 1; !names.Add(name); i++)
        {
            name = $"input_layer_{i}";
        }

        var serialized = new JsonObject
        {
            ["class_name"] = "InputLayer",
            ["config"] = new JsonObject { ["name"] = name, ["batch_shape"] = sizes.DeepClone(), ["dtype"] = JsonValues.Text(type) ?? "float32" },
        };
        return reader.ReadLayer(serialized) is { } layer
            ? new ConfiguredLayer { Name = name, ClassName = layer.ClassName, IsOperation = false, Use = new LayerUse(model.Prefix + name, layer), IsImplied = true }
            : null;
    }

    private static (JsonNode? Shape, JsonNode? Type) ShapeOf(JsonObject? first, JsonObject? config, JsonObject node)
    {
        // A nested model as first layer tells its own input.
        for (JsonObject? layer = first; layer is not null;)
        {
            var inner = layer["config"] as JsonObject;
            if ((inner?["batch_input_shape"] ?? inner?["batch_shape"]) is { } shape)
            {
                return (shape, inner?["dtype"]);
            }

            layer = ModelConfigReader.IsModel(layer) && (inner?["layers"] ?? layer["config"]) is JsonArray { Count: > 0 } layers ? layers[0] as JsonObject : null;
        }

        return (config?["build_input_shape"] ?? JsonValues.Property(node["build_config"], "input_shape") ?? JsonValues.Property(first?["build_config"], "input_shape"), null);
    }
}
