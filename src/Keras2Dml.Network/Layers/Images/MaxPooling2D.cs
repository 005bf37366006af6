using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Maximum of a window; padding never wins; of equal maxima the first (row-major) takes the gradient. Keras: keras.layers.MaxPooling2D; Caffe: Pooling MAX.</summary>
internal sealed class MaxPooling2D(KerasObject config) : PoolingLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "MaxPooling2D", ["MaxPool2D"], Arguments), config => new MaxPooling2D(config));

    /// <inheritdoc/>
    protected override string File => "layers/max_pool2d";

    /// <inheritdoc/>
    protected override bool BackwardTakesOutput => true;
}
