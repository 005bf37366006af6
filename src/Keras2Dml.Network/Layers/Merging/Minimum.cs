using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Smallest of tensors. Keras: keras.layers.Minimum.</summary>
internal sealed class Minimum(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Minimum", [], CommonArguments), config => new Minimum(config));

    /// <inheritdoc/>
    protected override string File => "layers/minimum";

    /// <inheritdoc/>
    protected override MaskedCells Masked => MaskedCells.Absent;
}
