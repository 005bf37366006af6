using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Keras2Dml.Network.Configuration;

/// <summary>JSON values of configurations as plain values: bool, long, double, string, null, object?[] lists and dictionaries.</summary>
internal static class JsonValues
{
    private const int LongestShown = 80;

    /// <summary>Data types and dtype policies that Keras knows; low-precision policies are computed in the precision of the run.</summary>
    public static IReadOnlyList<string> DataTypes { get; } =
    [
        "float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16",
        "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "bool", "string", "float", "int",
    ];

    /// <summary>A value of an argument's type. False when the JSON value is of another type.</summary>
    public static bool TryRead(Argument argument, JsonNode? node, out object? value)
    {
        object? plain = Plain(node);
        (bool ok, value) = argument.Type switch
        {
            ArgumentType.Bool => (plain is bool, plain),
            ArgumentType.Int => AsInteger(plain, false),
            ArgumentType.OptionalInt => AsInteger(plain, true),
            ArgumentType.Seed => AsInteger(SeedOf(plain), true),
            ArgumentType.Double or ArgumentType.DoubleOrObject => AsDouble(plain, false),
            ArgumentType.OptionalDouble => AsDouble(plain, true),
            ArgumentType.Text => (plain is string || (plain is null && !argument.Required), plain),
            ArgumentType.IntTuple => AsTuple(plain, argument),
            ArgumentType.DataType => AsDataType(plain),
            _ => (true, plain),
        };
        return ok;
    }

    /// <summary>The JSON value as plain values. Keras's wrappers for tuples and arrays are taken off.</summary>
    public static object? Plain(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonArray array:
                return array.Select(Plain).ToArray();
            case JsonObject o when Text(o["class_name"]) is { } className:
                return className switch
                {
                    "__tuple__" => Plain(o["items"]),
                    "__numpy__" or "__tensor__" => Plain(Property(o["config"], "value")),
                    _ => Entries(o),
                };
            case JsonObject o:
                return Entries(o);
            default:
                return Scalar((JsonValue)node);
        }
    }

    /// <summary>A property of an object; null when the node is no object or has no such property.</summary>
    public static JsonNode? Property(JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>The text of a JSON string; null for everything else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>What is expected of an integer that the engine cannot count with; null when it can.</summary>
    public static string? OutOfRange(Argument argument, object? value) =>
        argument.Type is ArgumentType.Int or ArgumentType.OptionalInt or ArgumentType.IntTuple && (value is object?[] several ? several : [value]).Any(v => v is long and (< int.MinValue or > int.MaxValue))
            ? $"integers between {int.MinValue} and {int.MaxValue}"
            : null;

    /// <summary>JSON text for messages, shortened.</summary>
    public static string Shown(JsonNode? node)
    {
        string text = node?.ToJsonString() ?? "null";
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }

    /// <summary>A plain value for messages, shortened.</summary>
    public static string ShownValue(object? plain)
    {
        string text = plain switch
        {
            null => "null",
            object?[] list => "[" + string.Join(", ", list.Take(LongestShown).Select(ShownValue)) + "]",
            IReadOnlyDictionary<string, object?> entries => "{" + string.Join(", ", entries.Take(LongestShown).Select(e => $"{e.Key}: {ShownValue(e.Value)}")) + "}",
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"'{plain}'",
        };
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }

    /// <summary>True when an object is or holds, as its own function, serialized Python code.</summary>
    public static bool HoldsCode(JsonObject node)
    {
        return Text(node["class_name"]) is "Lambda" or "__lambda__" || Text(Property(Property(node["config"], "function"), "class_name")) == "__lambda__";
    }

    /// <summary>True for Keras's own modules and for objects without a module (Keras 2).</summary>
    public static bool IsKerasModule(JsonNode? module)
    {
        if (module is null)
        {
            return true;
        }

        return Text(module)?.Split('.')[0] is "keras" or "tf_keras" or "tensorflow" or "builtins";
    }

    private static Dictionary<string, object?> Entries(JsonObject o) => o.ToDictionary(p => p.Key, p => Plain(p.Value));

    private static object? Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.TryGetValue(out long l) ? (object)l : value.TryGetValue(out int i) ? (long)i : value.TryGetValue(out double d) ? d : value.TryGetValue(out float f) ? f : double.NaN,
        _ => null,
    };

    private static (bool Ok, object? Value) AsInteger(object? plain, bool optional) => plain switch
    {
        long => (true, plain),
        double d when d == Math.Floor(d) && Math.Abs(d) < 1e15 => (true, (long)d),
        null => (optional, null),
        _ => (false, plain),
    };

    private static (bool Ok, object? Value) AsDouble(object? plain, bool optional) => plain switch
    {
        double => (true, plain),
        long l => (true, (double)l),
        string s when NonFinite(s) is { } d => (true, d),
        null => (optional, null),
        _ => (false, plain),
    };

    /// <summary>Python's JSON writes NaN and infinities as bare words; readers hand them on as texts.</summary>
    private static double? NonFinite(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };

    private static (bool Ok, object? Value) AsTuple(object? plain, Argument argument)
    {
        if (plain is null)
        {
            return (!argument.Required && argument.Default is null, null);
        }

        object?[] list = plain as object?[] ?? Enumerable.Repeat<object?>(plain, Math.Max(1, argument.Length)).ToArray();
        var elements = new object?[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            (bool ok, elements[i]) = AsInteger(list[i], false);
            if (!ok)
            {
                return (false, plain);
            }
        }

        return (argument.Length == 0 || elements.Length == argument.Length, elements);
    }

    private static object? SeedOf(object? plain) =>
        plain is Dictionary<string, object?> generator && generator.GetValueOrDefault("config") is Dictionary<string, object?> config ? config.GetValueOrDefault("seed") : plain;

    /// <summary>The name of a data type or of a policy object; quantized policies are no data type.</summary>
    private static (bool Ok, object? Value) AsDataType(object? plain)
    {
        string? name = plain switch
        {
            string s => s,
            Dictionary<string, object?> policy when policy.GetValueOrDefault("class_name") is "DTypePolicy" or "Policy" or "FloatDTypePolicy" =>
                (policy.GetValueOrDefault("config") as Dictionary<string, object?>)?.GetValueOrDefault("name") as string,
            _ => null,
        };
        return (plain is null || (name is not null && DataTypes.Contains(name)), name);
    }
}
