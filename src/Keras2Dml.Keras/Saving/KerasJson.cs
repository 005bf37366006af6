using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Keras.Saving;

/// <summary>Writes configured objects as Keras 3 serializes them.</summary>
internal static class KerasJson
{
    /// <summary>An object with module, class_name, config and registered_name; null for null.</summary>
    public static JsonNode? Write(KerasObject? value)
    {
        if (value is null)
        {
            return null;
        }

        // Functions (activations, losses by name in lower case) go by their name.
        if (value.Class.Kind == ObjectKind.Activation || char.IsAsciiLetterLower(value.ClassName[0]))
        {
            return JsonValue.Create(value.ClassName);
        }

        var config = new JsonObject();
        foreach (Argument argument in value.Class.Arguments)
        {
            object? content = value.Values.GetValueOrDefault(argument.Name);
            // Arguments of other Keras generations, and lists that nobody gave, are left out.
            if (content is not null || (IsCurrent(argument) && argument.Type != ArgumentType.Any))
            {
                config[argument.Name] = Value(content);
            }
        }

        return new JsonObject
        {
            ["module"] = ModuleOf(value.Class.Kind), ["class_name"] = value.ClassName, ["config"] = config, ["registered_name"] = null,
        };
    }

    private static bool IsCurrent(Argument argument) => argument.Name is not ("lr" or "decay" or "jit_compile" or "is_legacy_optimizer" or "exclude_from_weight_decay" or "name" or "dtype");

    private static string ModuleOf(ObjectKind kind) => kind switch
    {
        ObjectKind.Layer => "keras.layers",
        ObjectKind.Initializer => "keras.initializers",
        ObjectKind.Regularizer => "keras.regularizers",
        ObjectKind.Constraint => "keras.constraints",
        ObjectKind.Optimizer => "keras.optimizers",
        ObjectKind.Schedule => "keras.optimizers.schedules",
        ObjectKind.Loss => "keras.losses",
        ObjectKind.Metric => "keras.metrics",
        _ => "keras.activations",
    };

    private static JsonNode? Value(object? content) => content switch
    {
        null => null,
        bool b => JsonValue.Create(b),
        long l => JsonValue.Create(l),
        double d when double.IsNaN(d) => JsonValue.Create("NaN"),
        double d when double.IsInfinity(d) => JsonValue.Create(d > 0 ? "Infinity" : "-Infinity"),
        double d => JsonValue.Create(d),
        string s => JsonValue.Create(s),
        KerasObject o => Write(o),
        object?[] list => new JsonArray([.. list.Select(Value)]),
        IReadOnlyDictionary<string, object?> entries => new JsonObject(entries.Select(e => KeyValuePair.Create(e.Key, Value(e.Value)))),
        _ => throw new ArgumentException($"Values of type {content.GetType().Name} have no JSON form.", nameof(content)),
    };
}
