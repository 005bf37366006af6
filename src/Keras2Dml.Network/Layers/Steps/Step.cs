using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>A simple layer of our own that composite layers are expanded into; no Keras class.</summary>
internal abstract class Step(string name) : Layer(new KerasObject(new KerasClass(ObjectKind.Operation, name, [], []), new Dictionary<string, object?> { ["name"] = name, ["trainable"] = true }))
{
    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (0, int.MaxValue);
}
