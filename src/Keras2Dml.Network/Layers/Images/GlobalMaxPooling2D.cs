using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Maximum of each channel; equal maxima share the gradient. Keras: keras.layers.GlobalMaxPooling2D.</summary>
internal sealed class GlobalMaxPooling2D(KerasObject config) : GlobalPoolingLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "GlobalMaxPooling2D", ["GlobalMaxPool2D"], Arguments), config => new GlobalMaxPooling2D(config));

    /// <inheritdoc/>
    protected override string File => "layers/global_max_pool2d";
}
