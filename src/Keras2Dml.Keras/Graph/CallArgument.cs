using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Keras.Graph;

/// <summary>An argument of a layer's call: a tensor, a constant, or a list of these.</summary>
internal sealed record CallArgument
{
    public ModelTensor? Tensor { get; private init; }

    public JsonNode? Constant { get; private init; }

    /// <summary>Elements of a list, tuple or dictionary (by key); null for a tensor or a constant.</summary>
    public IReadOnlyList<CallArgument>? Items { get; private init; }

    public IEnumerable<ModelTensor> Tensors => Tensor is not null ? [Tensor] : Items is null ? [] : Items.SelectMany(i => i.Tensors);

    /// <summary>True when there is no tensor inside.</summary>
    public bool IsConstant => !Tensors.Any();

    /// <summary>The argument with every tensor replaced.</summary>
    public CallArgument With(Func<ModelTensor, ModelTensor> replace) =>
        Tensor is not null ? this with { Tensor = replace(Tensor) } : Items is null ? this : this with { Items = [.. Items.Select(i => i.With(replace))] };

    /// <summary>Reads an argument as Keras 3 writes it: tensors are <c>__keras_tensor__</c> objects.</summary>
    public static CallArgument Read(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return List(array.Select(Read), node);
            case JsonObject o when ClassOf(o) == "__keras_tensor__":
                return JsonValues.Property(o["config"], "keras_history") is JsonArray history && Reference(history, null) is { } tensor ? new CallArgument { Tensor = tensor } : throw new FormatException(Shown(node));
            case JsonObject o when ClassOf(o) == "__tuple__":
                return o["items"] is JsonArray items ? List(items.Select(Read), node) : throw new FormatException(Shown(node));
            case JsonObject o when ClassOf(o) is null:
                // Dictionaries are flattened in the order of their keys.
                return List(o.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => Read(e.Value)), node);
            default:
                return new CallArgument { Constant = node };
        }
    }

    /// <summary>Reads a keyword argument as Keras 2 writes it: tensors are lists <c>[layer, call, output]</c>.</summary>
    /// <param name="node">The argument.</param>
    /// <param name="layers">Names of the model's layers.</param>
    public static CallArgument ReadLegacy(JsonNode? node, IReadOnlySet<string> layers) => node switch
    {
        JsonArray { Count: >= 3 } array when Reference(array, null) is { } tensor && layers.Contains(tensor.Layer) => new CallArgument { Tensor = tensor },
        JsonArray array => List(array.Select(n => ReadLegacy(n, layers)), node),
        _ => new CallArgument { Constant = node },
    };

    /// <summary>A tensor.</summary>
    public static CallArgument Of(ModelTensor tensor) => new() { Tensor = tensor };

    /// <summary>A list.</summary>
    public static CallArgument Of(IEnumerable<CallArgument> items) => new() { Items = [.. items] };

    /// <summary>A constant.</summary>
    public static CallArgument OfConstant(JsonNode? node) => new() { Constant = node };

    /// <summary>The tensor that a list <c>[layer, call, output, ...]</c> names; null when it is no such list.</summary>
    public static ModelTensor? Reference(JsonArray list, string? key) =>
        list.Count >= 3 && list[0] is JsonValue name && name.TryGetValue(out string? layer) && Integer(list[1]) is { } call && Integer(list[2]) is { } output
            ? new ModelTensor(layer, call, output, key)
            : null;

    private static CallArgument List(IEnumerable<CallArgument> items, JsonNode node)
    {
        CallArgument[] read = [.. items];
        return new CallArgument { Items = read, Constant = Array.TrueForAll(read, r => r.IsConstant) ? node : null };
    }

    private static int? Integer(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out int number) && number >= 0 ? number : null;

    private static string? ClassOf(JsonObject node) => JsonValues.Text(node["class_name"]);

    private static string Shown(JsonNode node) => JsonValues.Shown(node);
}
