using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Core;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Two-dimensional convolution. Keras: keras.layers.Conv2D; Caffe: Convolution.</summary>
internal sealed class Conv2D(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Conv2D", ["Convolution2D"], [.. ConvolutionArguments.Common, Argument.Int("groups", 1, 1), Argument.OptionalInt("lora_rank"), Argument.OptionalDouble("lora_alpha")]),
        config => new Conv2D(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    public override KerasObject? OutputActivation => Config.Object("activation");

    private int Filters => Config.Int("filters");

    private int Groups => Config.Int("groups");

    private int? Rank => Config.OptionalInt("lora_rank");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        int channels = Channels(inputs) / Groups;
        IReadOnlyList<ParameterSpec> parameters = ConvolutionArguments.Parameters(Config, channels, Filters);
        if (Rank is not { } rank)
        {
            return parameters;
        }

        // The first factor lies as the kernel does: (R, S, C/groups, rank) as rank x (C/groups*R*S).
        int[] size = Config.Ints("kernel_size");
        ParameterSpec first = LowRankAdaptation.Factor("lora_kernel_a", parameters.Count, rank, channels * size[0] * size[1]) with
        {
            Shape = [size[0], size[1], channels, rank], Storage = new MatrixStorage([3, 2, 0, 1], rank, channels * size[0] * size[1]),
        };
        return [parameters[0] with { Trainable = false }, .. parameters.Skip(1), first, LowRankAdaptation.Factor("lora_kernel_b", parameters.Count + 1, rank, Filters)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
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
        Operand kernel = Operand.Parameter("kernel"), bias = ConvolutionArguments.Bias(Config);
        Result dbias = ConvolutionArguments.BiasGradient(Config);
        if (Rank is { } rank)
        {
            Operand[] factors =
            [
                Operand.Parameter("lora_kernel_a"), Operand.Parameter("lora_kernel_b"), LowRankAdaptation.Scale(Config, rank), Operand.Bool(suffix.Length > 0),
            ];
            return new FunctionPair
            {
                File = "layers/conv2d",
                ForwardName = "forward_lora",
                BackwardName = "backward_lora",
                ForwardArguments = [Operand.Input(), kernel, bias, .. factors, .. geometry],
                ForwardResults = [Result.Output()],
                BackwardArguments = [Operand.OutputGradient(), Operand.Input(), kernel, .. factors, .. geometry],
                BackwardResults = [Result.InputGradient(), dbias, Result.ParameterGradient("lora_kernel_a"), Result.ParameterGradient("lora_kernel_b")],
                Layout = LayoutRule.ChannelsFirst,
            };
        }

        return new FunctionPair
        {
            File = "layers/conv2d",
            ForwardName = "forward" + suffix,
            BackwardName = "backward" + suffix,
            ForwardArguments = [Operand.Input(), kernel, bias, .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), kernel, .. geometry],
            BackwardResults = [Result.InputGradient(), Result.ParameterGradient("kernel"), dbias],
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
