using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Keras.Graph;

/// <summary>Reads a model's configuration of any generation of Keras into a <see cref="ModelConfig"/>; findings are collected by the <see cref="ConfigReader"/>.</summary>
/// <param name="reader">Reads layers and collects findings.</param>
/// <param name="older">True when Keras 1 or 2 wrote the configuration.</param>
internal sealed class ModelConfigReader(ConfigReader reader, bool older)
{
    private const int MostLayers = 100_000;
    private int layers;

    /// <summary>True when a serialized object is a model.</summary>
    public static bool IsModel(JsonObject? node) =>
        JsonValues.Text(node?["class_name"]) is "Sequential" or "Functional" or "Model" or "Graph" && node!["config"] is JsonArray or JsonObject;

    /// <summary>Reads a model and everything inside it; null when its outline is not understood.</summary>
    /// <param name="node">The serialized model.</param>
    /// <param name="prefix">Names of the models around it, each with a slash.</param>
    /// <param name="trainable">False when a model around it is frozen.</param>
    public ModelConfig? Read(JsonObject node, string prefix, bool trainable)
    {
        string className = JsonValues.Text(node["class_name"])!;
        var config = node["config"] as JsonObject;
        string name = JsonValues.Text(config?["name"]) ?? JsonValues.Text(node["name"]) ?? "sequential";
        if ((config?["layers"] ?? node["config"]) is not JsonArray items || (className != "Sequential" && config?["output_layers"] is null))
        {
            reader.Add(KerasFileErrors.ConfigIsNoModel.ProblemAt($"model '{name}' ({className})", "The configuration", JsonValues.Shown(node["config"])));
            return null;
        }

        var model = new ModelConfig
        {
            Name = name,
            ClassName = className == "Model" ? "Functional" : className,
            Prefix = prefix,
            Trainable = trainable && !IsFalse(config?["trainable"]),
        };
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<(ConfiguredLayer Layer, JsonObject Node)> read = [];
        foreach (JsonNode? item in items)
        {
            if (item is not JsonObject o || JsonValues.Text(o["class_name"]) is null)
            {
                reader.Add(NetworkErrors.NotAnObject.ProblemAt($"model '{name}'", "layer", JsonValues.Shown(item)));
            }
            else if (ReadLayer(model, LegacyConfig.Layer(o, older), names) is { } layer)
            {
                model.Layers.Add(layer);
                read.Add((layer, o));
            }
        }

        if (model.IsSequential)
        {
            SequentialModel.Connect(model, node, reader);
        }
        else
        {
            foreach ((ConfiguredLayer layer, JsonObject item) in read)
            {
                ReadCalls(layer, item, names);
            }

            model.Inputs.AddRange(Tensors(config!["input_layers"], null));
            model.Outputs.AddRange(Tensors(config["output_layers"], null));
            NestedCalls.Renumber(model);
            LayerOrder.Sort(model);
        }

        return model;
    }

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.False;

    private ConfiguredLayer? ReadLayer(ModelConfig model, JsonObject node, HashSet<string> names)
    {
        string className = JsonValues.Text(node["class_name"])!;
        string name = JsonValues.Text(node["name"]) ?? JsonValues.Text(JsonValues.Property(node["config"], "name")) ?? DefaultName(className, names);
        if (!names.Add(name))
        {
            reader.Add(KerasFileErrors.DuplicateName.ProblemAt($"layer '{name}' ({className})"));
            return null;
        }

        if (++layers > MostLayers)
        {
            throw DataErrors.TooLarge.At($"model '{model.Name}'", "The model", $"more than {MostLayers} layers", MostLayers);
        }

        if (IsModel(node))
        {
            ModelConfig? nested = Read(node, model.Prefix + name + "/", model.Trainable);
            return nested is null ? null : new ConfiguredLayer { Name = name, ClassName = nested.ClassName, IsOperation = false, Model = nested };
        }

        if (ConfigReader.IsOperation(node) && KerasClasses.Find(ObjectKind.Operation, className) is { } operation)
        {
            Layer? made = reader.ReadLayer(WithName(node, name), OperationConstants(node, LayerTable.Of(operation)));
            return made is null ? null : Leaf(model, name, made, isOperation: true);
        }

        Layer? layer = reader.ReadLayer(WithName(node, name));
        return layer is null ? null : Leaf(model, name, layer, isOperation: false);
    }

    private static ConfiguredLayer Leaf(ModelConfig model, string name, Layer layer, bool isOperation) => new()
    {
        Name = name,
        ClassName = layer.ClassName,
        IsOperation = isOperation,
        Use = new LayerUse(model.Prefix + name, layer) { Trainable = layer.Trainable && model.Trainable },
    };

    // Keras 1 and some operations have the name beside the configuration only.
    private static JsonObject WithName(JsonObject node, string name)
    {
        if (node["config"] is JsonObject config && JsonValues.Text(config["name"]) != name)
        {
            node = (JsonObject)node.DeepClone();
            node["config"]!["name"] = name;
        }

        return node;
    }

    private static string DefaultName(string className, HashSet<string> names)
    {
        string snake = KerasNames.SnakeCase(className);
        int number = 0;
        string name = snake;
        while (names.Contains(name))
        {
            name = $"{snake}_{++number}";
        }

        return name;
    }

    /// <summary>Constants in an operation's call, by the name of the parameter.</summary>
    private Dictionary<string, JsonNode?> OperationConstants(JsonObject node, LayerRegistration registration)
    {
        var constants = new Dictionary<string, JsonNode?>();
        if (node["inbound_nodes"] is JsonArray { Count: > 0 } calls && calls[0] is JsonObject call)
        {
            var arguments = call["args"] as JsonArray ?? [];
            for (int i = 0; i < arguments.Count && i < registration.CallParameters.Count; i++)
            {
                Add(registration.CallParameters[i], arguments[i]);
            }

            foreach ((string keyword, JsonNode? value) in call["kwargs"] as JsonObject ?? [])
            {
                Add(keyword, value);
            }
        }

        return constants;

        void Add(string parameter, JsonNode? value)
        {
            if (value is JsonValue)
            {
                constants[parameter] = value;
            }
        }
    }

    private void ReadCalls(ConfiguredLayer layer, JsonObject node, HashSet<string> names)
    {
        foreach (JsonNode? call in node["inbound_nodes"] as JsonArray ?? [])
        {
            try
            {
                layer.Calls.Add(call is JsonObject o && o.ContainsKey("args") ? ReadCall(o) : ReadLegacyCall(call, names));
            }
            catch (FormatException error)
            {
                reader.Add(KerasFileErrors.BadCall.ProblemAt($"layer '{layer.Name}' ({layer.ClassName})", error.Message));
            }
        }
    }

    // Keras 3: {"args": [...], "kwargs": {...}}
    private static LayerCall ReadCall(JsonObject call) => new(
        [.. (call["args"] as JsonArray ?? []).Select(CallArgument.Read)],
        [.. (call["kwargs"] as JsonObject ?? []).Select(k => KeyValuePair.Create(k.Key, CallArgument.Read(k.Value)))]);

    // Keras 1 and 2: [[layer, call, output, keywords], ...], nested for nested arguments, or {key: [...]}.
    private static LayerCall ReadLegacyCall(JsonNode? call, HashSet<string> names)
    {
        var keywords = new List<KeyValuePair<string, CallArgument>>();
        CallArgument argument = Argument(call);
        return new LayerCall([argument.Items is [{ } only] ? only : argument], keywords);

        CallArgument Argument(JsonNode? node)
        {
            switch (node)
            {
                case JsonArray array when JsonValues.Text(array.Count > 0 ? array[0] : null) == "_CONSTANT_VALUE" && array.Count >= 3:
                    AddKeywords(array);
                    return CallArgument.OfConstant(array[2]);
                case JsonArray array when CallArgument.Reference(array, null) is { } tensor:
                    AddKeywords(array);
                    return CallArgument.Of(tensor);
                case JsonArray array when array.All(e => e is JsonArray or JsonObject):
                    return CallArgument.Of(array.Select(Argument));
                case JsonObject o:
                    return CallArgument.Of(o.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Argument(e.Value)));
                default:
                    throw new FormatException(JsonValues.Shown(node));
            }
        }

        void AddKeywords(JsonArray tensor)
        {
            foreach ((string keyword, JsonNode? value) in tensor.Count > 3 && tensor[3] is JsonObject given ? given : [])
            {
                if (keywords.TrueForAll(k => k.Key != keyword))
                {
                    keywords.Add(KeyValuePair.Create(keyword, CallArgument.ReadLegacy(value, names)));
                }
            }
        }
    }

    // One tensor, or lists and dictionaries of tensors at any depth.
    private IEnumerable<ModelTensor> Tensors(JsonNode? node, string? key)
    {
        switch (node)
        {
            case JsonArray array when CallArgument.Reference(array, key) is { } tensor:
                return [tensor];
            case JsonArray array:
                return [.. array.SelectMany(n => Tensors(n, null))];
            case JsonObject o when JsonValues.Text(o["class_name"]) == "__tuple__":
                return Tensors(o["items"], null);
            case JsonObject o:
                return [.. o.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => Tensors(e.Value, e.Key))];
            default:
                reader.Add(KerasFileErrors.BadCall.ProblemAt("the model's input_layers and output_layers", JsonValues.Shown(node)));
                return [];
        }
    }
}
