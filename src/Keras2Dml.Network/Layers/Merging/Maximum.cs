using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Largest of tensors. Keras: keras.layers.Maximum; Caffe: Eltwise MAX.</summary>
internal sealed class Maximum(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Maximum", [], CommonArguments), config => new Maximum(config));

    /// <inheritdoc/>
    protected override string File => "layers/maximum";

    /// <inheritdoc/>
    protected override MaskedCells Masked => MaskedCells.Absent;
}
