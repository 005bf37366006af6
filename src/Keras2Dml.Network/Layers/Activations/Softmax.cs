using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

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
    public override IReadOnlyList<TensorSpec> Outputs(IReadOnlyList<TensorSpec> inputs)
    {
        RequireInputs(inputs, 1);
        return [inputs[0]];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Shape shape = context.Inputs[0].Shape;
        if (!context.HasMask)
        {
            return AxisFunctions.Of("softmax", Config.Ints("axis"), shape);
        }

        AxisGroup group = AxisFunctions.Group("softmax with a mask", Config.Ints("axis"), shape);
        return group.Inner == 1
            ? LayerFunctions.OfInput("activations/softmax", LayoutRule.Keras, "_masked", Operand.Mask, Operand.Int(group.Size))
            : throw NetworkErrors.InputShape.At(Place, ClassName, "a mask together with the last axes only", shape);
    }
}
