using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>One value per channel of an image: what GlobalMaxPooling2D and GlobalAveragePooling2D have in common.</summary>
internal abstract class GlobalPoolingLayer(KerasObject config) : Layer(config)
{
    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <summary>Arguments of both.</summary>
    protected static IReadOnlyList<Argument> Arguments { get; } = [.. CommonArguments, ImageShape.DataFormat, Argument.Bool("keepdims", false)];

    /// <summary>File of the library.</summary>
    protected abstract string File { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        int channels = ImageShape.Of(this, inputs[0]).Channels;
        return Config.Bool("keepdims")
            ? new ImageShape(channels, 1, 1).ToOutputs(Config, inputs[0])
            : [inputs[0] with { Shape = new Shape(channels) }];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        ImageShape input = ImageShape.Of(this, context.Inputs[0]);
        Operand[] geometry = [Operand.Int(input.Channels), Operand.Int(input.Height), Operand.Int(input.Width)];
        return new FunctionPair
        {
            File = File,
            ForwardArguments = [Operand.Input(), .. geometry],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), .. geometry],
            BackwardResults = [Result.InputGradient()],
            Layout = LayoutRule.ChannelsFirst,
        };
    }
}
