using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>A pooling window over an image: what MaxPooling2D and AveragePooling2D have in common.</summary>
internal abstract class PoolingLayer(KerasObject config) : Layer(config)
{
    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <summary>Arguments of both. Strides are the window's size unless given.</summary>
    protected static IReadOnlyList<Argument> Arguments { get; } =
    [
        .. CommonArguments,
        Argument.IntTuple("pool_size", 2, 2),
        Argument.IntTuple("strides", 2, null) with { Required = false },
        Argument.Text("padding", "valid", "valid", "same"),
        ImageShape.DataFormat,
    ];

    /// <summary>File of the library.</summary>
    protected abstract string File { get; }

    /// <summary>Whether backward takes the forward output.</summary>
    protected abstract bool BackwardTakesOutput { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        ImageShape input = ImageShape.Of(this, inputs[0]);
        ImageShape output = input with { Height = Window(0).Places(input.Height), Width = Window(1).Places(input.Width) };
        return output.Height == 0 || output.Width == 0
            ? throw NetworkErrors.InputShape.At(Place, ClassName, $"an image of at least {Window(0).Size} x {Window(1).Size}", inputs[0].Shape)
            : output.ToOutputs(Config, inputs[0]);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        (int top, int bottom) = Window(0).Padding(input.Height);
        (int left, int right) = Window(1).Padding(input.Width);
        Operand[] geometry =
        [
            .. new long[]
            {
                input.Channels, input.Height, input.Width, Window(0).Size, Window(1).Size, Window(0).Stride, Window(1).Stride, top, bottom, left, right,
            }.Select(Operand.Int),
        ];
        return new FunctionPair
        {
            File = File,
            ForwardArguments = [Operand.Input(), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = BackwardTakesOutput
                ? [Operand.OutputGradient(), Operand.Input(), Operand.Output(), .. geometry]
                : [Operand.OutputGradient(), .. geometry],
            BackwardResults = [Result.InputGradient()],
            Layout = LayoutRule.ChannelsFirst,
        };
    }

    private Window Window(int axis) => new(
        Config.Ints("pool_size")[axis],
        Config.Values["strides"] is null ? Config.Ints("pool_size")[axis] : Config.Ints("strides")[axis],
        1,
        Config.String("padding") == "same");
}
