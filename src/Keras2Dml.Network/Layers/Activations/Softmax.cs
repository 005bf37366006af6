using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Activations;

/// <summary>Softmax over axes, optionally with a mask. Keras: keras.layers.Softmax; Caffe: Softmax.</summary>
internal sealed class Softmax(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Softmax", [],
        [
            .. CommonArguments,
            Argument.Ints("axis", -1),
        ]),
        config => new Softmax(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Shape shape = context.Inputs[0].Shape;
        if (!context.HasMask)
        {
            return AxisFunctions.Of("softmax", Config.Ints("axis"), shape);
        }

        AxisGroup group = AxisFunctions.Group("softmax with a mask", Config.Ints("axis"), shape);
        if (group.Inner == 1)
        {
            return LayerFunctions.OfInput("activations/softmax", LayoutRule.Keras, "_masked", Operand.Mask, Operand.Int(group.Size));
        }

        // The axes are moved to the end, in the tensor and in its mask, and back afterwards.
        FunctionPair functions = LayerFunctions.OfInput("activations/softmax", LayoutRule.Keras, "_masked", Operand.Input(1), Operand.Int(group.Size));
        var moved = new Shape(group.Outer, group.Inner, group.Size);
        return new Expansion(builder =>
        {
            var toTheEnd = new SwapAxes(group.Outer, group.Size, group.Inner, 1, moved);
            ExpansionTensor tensor = builder.Apply(toTheEnd, builder.Input())[0];
            ExpansionTensor mask = builder.Apply(toTheEnd, builder.Mask)[0];
            ExpansionTensor result = builder.Apply(new FunctionStep("softmax", functions, moved), tensor, mask)[0];
            return builder.Apply(new SwapAxes(group.Outer, group.Inner, group.Size, 1, shape), result);
        });
    }
}
