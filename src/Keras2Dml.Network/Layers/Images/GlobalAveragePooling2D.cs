using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Mean of each channel. Keras: keras.layers.GlobalAveragePooling2D.</summary>
internal sealed class GlobalAveragePooling2D(KerasObject config) : GlobalPoolingLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "GlobalAveragePooling2D", ["GlobalAvgPool2D"], Arguments), config => new GlobalAveragePooling2D(config));

    /// <inheritdoc/>
    protected override string File => "layers/global_avg_pool2d";
}
