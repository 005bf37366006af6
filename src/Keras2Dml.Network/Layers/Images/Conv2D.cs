using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Two-dimensional convolution. Keras: keras.layers.Conv2D; Caffe: Convolution.</summary>
internal sealed class Conv2D(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Conv2D", ["Convolution2D"], [.. ConvolutionArguments.Common, Argument.Int("groups", 1, 1)]),
        config => new Conv2D(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    public override KerasObject? OutputActivation => Config.Object("activation");

    private int Filters => Config.Int("filters");

    private int Groups => Config.Int("groups");

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorSpec> inputs) =>
        ConvolutionArguments.Parameters(Config, Channels(inputs) / Groups, Filters);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorSpec> Outputs(IReadOnlyList<TensorSpec> inputs)
    {
        ConvolutionArguments.CheckStridesAndDilation(this);
        Channels(inputs);
        ImageShape input = ImageShape.Of(this, inputs[0]);
        Window vertical = ConvolutionArguments.Window(Config, 0);
        Window horizontal = ConvolutionArguments.Window(Config, 1);
        var output = new ImageShape(Filters, vertical.Places(input.Height), horizontal.Places(input.Width));
        return output.Height == 0 || output.Width == 0
            ? throw NetworkErrors.InputShape.At(Place, ClassName, $"an image of at least {vertical.Extent} x {horizontal.Extent}", inputs[0].Shape)
            : output.ToOutputs(Config, inputs[0]);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        Window vertical = ConvolutionArguments.Window(Config, 0);
        Window horizontal = ConvolutionArguments.Window(Config, 1);
        (int top, int bottom) = vertical.Padding(input.Height);
        (int left, int right) = horizontal.Padding(input.Width);
        string suffix = ConvolutionArguments.FunctionSuffix(Config, horizontal.Places(input.Width));
        Operand[] geometry =
        [
            .. new long[]
            {
                input.Channels, input.Height, input.Width, vertical.Size, horizontal.Size, vertical.Stride, horizontal.Stride,
                top, bottom, left, right, vertical.Dilation, horizontal.Dilation, Groups,
            }.Select(Operand.Int),
        ];
        return new FunctionPair
        {
            File = "layers/conv2d",
            ForwardName = "forward" + suffix,
            BackwardName = "backward" + suffix,
            ForwardArguments = [Operand.Input(), Operand.Parameter("kernel"), ConvolutionArguments.Bias(Config), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), Operand.Parameter("kernel"), .. geometry],
            BackwardResults = [Result.InputGradient(), Result.ParameterGradient("kernel"), ConvolutionArguments.BiasGradient(Config)],
            Layout = LayoutRule.ChannelsFirst,
        };
    }

    private int Channels(IReadOnlyList<TensorSpec> inputs)
    {
        int channels = ImageShape.Of(this, inputs[0]).Channels;
        if (channels == Shape.Unknown || channels % Groups != 0)
        {
            throw NetworkErrors.InputShape.At(Place, ClassName, $"a known number of channels divisible by groups = {Groups}", inputs[0].Shape);
        }

        return Filters % Groups == 0
            ? channels
            : throw NetworkErrors.WrongValue.At(Place, ClassName, "filters", $"a multiple of groups = {Groups}", Filters);
    }
}
