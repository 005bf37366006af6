using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Product of tensors. Keras: keras.layers.Multiply; Caffe: Eltwise PROD.</summary>
internal sealed class Multiply(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Multiply", [], CommonArguments), config => new Multiply(config));

    /// <inheritdoc/>
    protected override string File => "layers/multiply";

    /// <inheritdoc/>
    protected override MaskedCells Masked => MaskedCells.One;
}
