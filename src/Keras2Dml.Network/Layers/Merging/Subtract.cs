using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Difference of two tensors. Keras: keras.layers.Subtract.</summary>
internal sealed class Subtract(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Subtract", [], CommonArguments), config => new Subtract(config));

    /// <inheritdoc/>
    protected override string File => "layers/subtract";

    /// <inheritdoc/>
    protected override bool BackwardTakesInputs => false;

    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (2, 2);
}
