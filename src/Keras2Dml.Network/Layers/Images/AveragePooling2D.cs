using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Average of a window over the cells inside the image. Keras: keras.layers.AveragePooling2D; Caffe: Pooling AVE.</summary>
internal sealed class AveragePooling2D(KerasObject config) : PoolingLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "AveragePooling2D", ["AvgPool2D"], Arguments), config => new AveragePooling2D(config));

    /// <inheritdoc/>
    protected override string File => "layers/avg_pool2d";

    /// <inheritdoc/>
    protected override bool BackwardTakesOutput => false;
}
