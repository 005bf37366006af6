using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Reshaping;

/// <summary>All axes but the batch as one. Keras: keras.layers.Flatten; Caffe: Flatten.</summary>
internal sealed class Flatten(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Flatten", [],
        [
            .. CommonArguments,
            Argument.Text("data_format", null, "channels_last", "channels_first"),
        ]),
        config => new Flatten(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = new Shape(inputs[0].Shape.IsKnown ? inputs[0].Shape.Elements : Shape.Unknown) }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Shape shape = context.Inputs[0].Shape;
        bool movesChannels = Config.OptionalString("data_format") == "channels_first" && shape.Rank > 1;
        return movesChannels
            ? new SwapAxes(1, shape[0], shape.Elements / shape[0], 1, context.Outputs[0].Shape).Meaning(context)
            : LayerFunctions.Linear("layers/reshape", LayoutRule.Keras, "", [], []);
    }
}
