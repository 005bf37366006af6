using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Keras.Graph;

/// <summary>Translates layer configurations of older Keras versions to today's names.</summary>
internal static class LegacyConfig
{
    /// <summary>The configuration with today's class and argument names; the same object when nothing is to be changed.</summary>
    /// <param name="node">The serialized layer.</param>
    /// <param name="older">True when Keras 1 or 2 wrote it: some names have another meaning there.</param>
    public static JsonObject Layer(JsonObject node, bool older)
    {
        if (node["config"] is not JsonObject config || JsonValues.Text(node["class_name"]) is not { } className || ModelConfigReader.IsModel(node))
        {
            return node;
        }

        (string translatedClass, JsonObject translated) = LegacyArguments.Translate(className, config, older);
        if (ReferenceEquals(translated, config))
        {
            return node;
        }

        var result = new JsonObject();
        foreach ((string key, JsonNode? value) in node)
        {
            result[key] = key switch { "class_name" => translatedClass, "config" => translated, _ => value?.DeepClone() };
        }

        return result;
    }
}
