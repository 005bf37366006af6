using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Saving;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml;

/// <summary>Makes Keras objects from a name and arguments, through the same declarations that read files.</summary>
internal static class KerasObjects
{
    public static KerasObject Create(ObjectKind kind, string name, JsonObject arguments)
    {
        var reader = new ConfigReader();
        KerasObject? result = reader.Read(kind, Serialize(kind, name, arguments), null);
        reader.ThrowIfAny();
        return result!;
    }

    /// <summary>The form in which files hold an object.</summary>
    public static JsonObject Serialize(ObjectKind kind, string name, JsonObject arguments) =>
        KerasClasses.Find(kind, name) is { } found
            ? new JsonObject { ["class_name"] = found.Name, ["config"] = arguments.DeepClone() }
            : throw TrainingErrors.UnknownName.With(kind.ToString().ToLowerInvariant(), string.Join(", ", KerasClasses.Names(kind).Order(StringComparer.Ordinal)), name);

    /// <summary>Arguments by Keras's names.</summary>
    public static JsonObject Arguments((string Name, object? Value)[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var result = new JsonObject();
        foreach ((string name, object? value) in arguments)
        {
            result[name] = Json(name, value);
        }

        return result;
    }

    /// <summary>A plain learning rate acts as its float32 value, as in Keras.</summary>
    public static double Rate(double value) => (float)value;

    private static JsonNode? Json(string name, object? value) => value switch
    {
        null => null,
        bool b => JsonValue.Create(b),
        string s => JsonValue.Create(s),
        int or long or short or byte => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        double d => JsonValue.Create(d),
        float f => JsonValue.Create((double)f),
        LearningRateSchedule schedule => schedule.Serialize(),
        Optimizer optimizer => KerasJson.Write(optimizer.Config),
        IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(i => Json(name, i))]),
        _ => throw TrainingErrors.ArgumentType.With(name, value.GetType().Name),
    };
}
