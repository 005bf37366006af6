using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Operations;

/// <summary>Where any cell along the last axis is true; made explicit by Keras 3 for masks. Keras: keras.ops.any.</summary>
internal sealed class Any(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Operation, "Any", [],
        [
            .. OperationArguments.Common,
            Argument.Ints("axis", -1),
            Argument.Bool("keepdims", false),
        ]),
        config => new Any(config)) { CallParameters = ["x"] };

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        Shape shape = inputs[0].Shape;
        if (Config.Ints("axis") is not [var axis] || shape.Rank == 0 || AxisGroup.WithoutBatch(shape, axis) != shape.Rank - 1)
        {
            throw NetworkErrors.WrongValue.At(Place, ClassName, "axis", "the last axis", string.Join(", ", Config.Ints("axis")));
        }

        return [new TensorSpec(ElementType.Bool, Config.Bool("keepdims") ? new Shape([.. shape.Sizes[..^1], 1]) : new Shape(shape.Sizes[..^1].ToArray()))];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) =>
        LayerFunctions.WithoutGradient("operations/comparison", "any", LayoutRule.Keras, Operand.Input(), Operand.Int(context.Inputs[0].Shape[-1]));
}
