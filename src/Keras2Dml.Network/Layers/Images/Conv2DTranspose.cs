using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Transposed convolution: the gradient of a convolution with respect to its input, as a layer. Keras: keras.layers.Conv2DTranspose; Caffe: Deconvolution.</summary>
internal sealed class Conv2DTranspose(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Conv2DTranspose", ["Convolution2DTranspose"],
            [.. ConvolutionArguments.Common, Argument.Any("output_padding", check: ExpectedOutputPadding)]),
        config => new Conv2DTranspose(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    public override KerasObject? OutputActivation => Config.Object("activation");

    private int Filters => Config.Int("filters");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs) =>
        ConvolutionArguments.Parameters(Config, Filters, ImageShape.Of(this, inputs[0]).Channels);

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        ConvolutionArguments.CheckStridesAndDilation(this);
        CheckOutputPadding();
        ImageShape input = ImageShape.Of(this, inputs[0]);
        return input.Channels == Shape.Unknown
            ? throw NetworkErrors.InputShape.At(Place, ClassName, "a known number of channels", inputs[0].Shape)
            : OutputImage(input).ToOutputs(Config, inputs[0]);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        ImageShape output = OutputImage(input);
        Window vertical = ConvolutionArguments.Window(Config, 0);
        Window horizontal = ConvolutionArguments.Window(Config, 1);
        string suffix = ConvolutionArguments.FunctionSuffix(Config, output.Width);
        Operand[] geometry =
        [
            .. new long[]
            {
                input.Channels, input.Height, input.Width, vertical.Size, horizontal.Size, vertical.Stride, horizontal.Stride,
                vertical.TransposedCrop(input.Height, output.Height), horizontal.TransposedCrop(input.Width, output.Width),
                output.Height, output.Width, vertical.Dilation, horizontal.Dilation,
            }.Select(Operand.Int),
        ];
        return new FunctionPair
        {
            File = "layers/conv2d_transpose",
            ForwardName = "forward" + suffix,
            BackwardName = "backward" + suffix,
            ForwardArguments = [Operand.Input(), Operand.Parameter("kernel"), ConvolutionArguments.Bias(Config), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), Operand.Parameter("kernel"), .. geometry],
            BackwardResults = [Result.InputGradient(), Result.ParameterGradient("kernel"), ConvolutionArguments.BiasGradient(Config)],
            Layout = LayoutRule.ChannelsFirst,
        };
    }

    private static string? ExpectedOutputPadding(object? value) => value switch
    {
        null => null,
        long single when single >= 0 => null,
        object?[] { Length: 1 or 2 } pair when Array.TrueForAll(pair, p => p is null or long and >= 0) => null,
        _ => "an integer or 2 integers of at least 0",
    };

    private ImageShape OutputImage(ImageShape input) => new(
        Filters,
        ConvolutionArguments.Window(Config, 0).TransposedLength(input.Height, OutputPadding(0)),
        ConvolutionArguments.Window(Config, 1).TransposedLength(input.Width, OutputPadding(1)));

    private int? OutputPadding(int axis) => Config.Values["output_padding"] switch
    {
        long single => checked((int)single),
        object?[] pair => (int?)(long?)pair[Math.Min(axis, pair.Length - 1)],
        _ => null,
    };

    private void CheckOutputPadding()
    {
        for (int axis = 0; axis < 2; axis++)
        {
            int stride = Config.Ints("strides")[axis];
            if (OutputPadding(axis) >= stride)
            {
                throw NetworkErrors.WrongValue.At(Place, ClassName, "output_padding", $"less than strides = {stride}", OutputPadding(axis));
            }
        }
    }
}
