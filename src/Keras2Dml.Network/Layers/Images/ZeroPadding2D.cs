using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Zeros around an image, each side by its own amount. Keras: keras.layers.ZeroPadding2D.</summary>
internal sealed class ZeroPadding2D(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "ZeroPadding2D", [],
            [.. CommonArguments, Argument.Any("padding", 1L, check: v => Sides(v) is null ? "an integer, 2 integers, or 2 pairs of integers, of at least 0" : null), ImageShape.DataFormat]),
        config => new ZeroPadding2D(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        ImageShape input = ImageShape.Of(this, inputs[0]);
        long[] sides = Sides(Config.Values["padding"])!;
        return new ImageShape(input.Channels, Padded(input.Height, sides[0] + sides[1]), Padded(input.Width, sides[2] + sides[3])).ToOutputs(Config, inputs[0]);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        Operand[] geometry =
        [
            .. new long[] { input.Channels, input.Height, input.Width }.Concat(Sides(Config.Values["padding"])!).Select(Operand.Int),
        ];
        return new FunctionPair
        {
            File = "layers/zero_pad2d",
            ForwardArguments = [Operand.Input(), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), .. geometry],
            BackwardResults = [Result.InputGradient()],
            Layout = LayoutRule.ChannelsFirst,
        };
    }

    private static int Padded(int length, long added) => length == Shape.Unknown ? length : checked((int)(length + added));

    /// <summary>Top, bottom, left, right; null when the value is none that Keras takes.</summary>
    private static long[]? Sides(object? value)
    {
        long[]? sides = value switch
        {
            long all => [all, all, all, all],
            object?[] and [long vertical, long horizontal] => [vertical, vertical, horizontal, horizontal],
            object?[] and [object?[] and [long top, long bottom], object?[] and [long left, long right]] => [top, bottom, left, right],
            _ => null,
        };
        return sides is not null && Array.TrueForAll(sides, s => s >= 0) ? sides : null;
    }
}
