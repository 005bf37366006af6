using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>Enlarges an image by whole factors. Keras: keras.layers.UpSampling2D (tf.image.resize without antialiasing).</summary>
internal sealed class UpSampling2D(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "UpSampling2D", [],
        [
            .. CommonArguments,
            Argument.IntTuple("size", 2, 2),
            ImageShape.DataFormat,
            Argument.Text("interpolation", "nearest", "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"),
        ]),
        config => new UpSampling2D(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    private int[] Factors => Config.Ints("size");

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        ImageShape input = ImageShape.Of(this, inputs[0]);
        return new ImageShape(input.Channels, Enlarged(input.Height, Factors[0]), Enlarged(input.Width, Factors[1])).ToOutputs(Config, inputs[0]);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        string interpolation = Config.String("interpolation");
        bool nearest = interpolation == "nearest";
        Operand[] geometry =
        [
            .. new long[] { input.Channels, input.Height, input.Width, Factors[0], Factors[1] }.Select(Operand.Int),
            .. nearest ? (Operand[])[] : [Operand.String(interpolation)],
        ];
        return new FunctionPair
        {
            File = nearest ? "layers/upsample2d" : "layers/upsample2d_interpolated",
            ForwardArguments = [Operand.Input(), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), .. geometry],
            BackwardResults = [Result.InputGradient()],
            Layout = LayoutRule.ChannelsFirst,
        };
    }

    private static int Enlarged(int length, int factor) => length == Shape.Unknown ? length : checked(length * factor);
}
