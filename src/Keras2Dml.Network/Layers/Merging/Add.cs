using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Sum of tensors. Keras: keras.layers.Add; Caffe: Eltwise SUM.</summary>
internal sealed class Add(KerasObject config) : MergeLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "Add", [], CommonArguments), config => new Add(config));

    /// <inheritdoc/>
    protected override string File => "layers/add";

    /// <inheritdoc/>
    protected override bool BackwardTakesInputs => false;
}
