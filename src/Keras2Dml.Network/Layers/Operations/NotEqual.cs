using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Operations;

/// <summary>Where a tensor differs from a number; made explicit by Keras 3 for masks. Keras: keras.ops.not_equal.</summary>
internal sealed class NotEqual(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Operation, "NotEqual", [],
        [
            .. OperationArguments.Common,
            Argument.Any("x1"),
            Argument.Any("x2"),
        ]),
        config => new NotEqual(config)) { CallParameters = ["x1", "x2"] };

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [new TensorSpec(ElementType.Bool, inputs[0].Shape)];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) =>
        LayerFunctions.WithoutGradient("operations/comparison", "not_equal", LayoutRule.Any, Operand.Input(), Operand.Double(Number(Config.Values["x2"] ?? Config.Values["x1"])));

    private double Number(object? value) => value switch
    {
        long integer => integer,
        double number => number,
        bool truth => truth ? 1 : 0,
        _ => throw NetworkErrors.WrongValue.At(Place, ClassName, "x2", "a number", value ?? "a tensor"),
    };
}
