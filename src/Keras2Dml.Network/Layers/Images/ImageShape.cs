using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Channels, height and width of an image tensor, wherever <c>data_format</c> puts the channels.</summary>
internal readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Declaration of <c>data_format</c>; null means channels_last (Keras's global default).</summary>
    public static Argument DataFormat { get; } = Argument.Text("data_format", null, "channels_last", "channels_first");

    /// <summary>Whether the configuration says channels_first.</summary>
    public static bool IsChannelsFirst(KerasObject config) => config.OptionalString("data_format") == "channels_first";

    /// <summary>The image shape of a layer's input. Throws a catalogue error for another number of axes.</summary>
    public static ImageShape Of(Layer layer, TensorSpec input)
    {
        Shape shape = input.Shape;
        if (shape.Rank != 3)
        {
            throw NetworkErrors.InputRank.At(layer.Place, layer.ClassName, 4, shape);
        }

        return IsChannelsFirst(layer.Config) ? new(shape[0], shape[1], shape[2]) : new(shape[2], shape[0], shape[1]);
    }

    /// <summary>The shape in the order of axes of the layer's <c>data_format</c>.</summary>
    public Shape ToShape(KerasObject config) =>
        IsChannelsFirst(config) ? new Shape(Channels, Height, Width) : new Shape(Height, Width, Channels);

    /// <summary>A tensor of this image shape with the type of another.</summary>
    public IReadOnlyList<TensorSpec> ToOutputs(KerasObject config, TensorSpec like) => [like with { Shape = ToShape(config) }];
}
