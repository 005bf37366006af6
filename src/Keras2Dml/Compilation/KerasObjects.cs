using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml;

/// <summary>Makes Keras objects from a name and arguments, through the same declarations that read files.</summary>
internal static class KerasObjects
{
    public static KerasObject Create(ObjectKind kind, string name, JsonObject arguments)
    {
        if (KerasClasses.Find(kind, name) is not { } found)
        {
            throw TrainingErrors.UnknownName.With(kind.ToString().ToLowerInvariant(), string.Join(", ", KerasClasses.Names(kind).Order(StringComparer.Ordinal)), name);
        }

        var reader = new ConfigReader();
        KerasObject? result = reader.Read(kind, new JsonObject { ["class_name"] = found.Name, ["config"] = arguments }, null);
        reader.ThrowIfAny();
        return result!;
    }

    /// <summary>A plain learning rate acts as its float32 value, as in Keras.</summary>
    public static double Rate(double value) => (float)value;
}
