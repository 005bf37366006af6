using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Merging;

namespace Keras2Dml.Network.Layers.Operations;

/// <summary>Arithmetic of two tensors, or of a tensor and a number, written in Python as <c>x + y</c>. Keras: keras.ops.add and the like.</summary>
/// <param name="config">Configuration.</param>
/// <param name="file">File of the function of two tensors.</param>
/// <param name="takesInputs">True when its gradient needs the inputs.</param>
/// <param name="withNumber">Functions of a tensor and a number; the flag says that the number is the first operand.</param>
internal sealed class ArithmeticOperation(KerasObject config, string file, bool takesInputs, Func<double, bool, FunctionPair> withNumber) : MergeLayer(config)
{
    /// <summary>Declarations and constructors.</summary>
    public static IReadOnlyList<LayerRegistration> Registrations { get; } =
    [
        Register("Add", "layers/add", false, (c, _) => Rescaling(1, c)),
        Register("Subtract", "layers/subtract", false, (c, isFirst) => isFirst ? Rescaling(-1, c) : Rescaling(1, -c)),
        Register("Multiply", "layers/multiply", true, (c, _) => Rescaling(c, 0)),
        Register("TrueDivide", "operations/divide", true, Division),
        Register("Divide", "operations/divide", true, Division),
        Register("Power", "operations/power", true, (c, isFirst) => LayerFunctions.OfInput("operations/power", LayoutRule.Any, isFirst ? "_of_number" : "_number", Operand.Double(c))),
        Register("Maximum", "layers/maximum", true, (c, isFirst) => LayerFunctions.OfInput("layers/maximum", LayoutRule.Any, "_number", Operand.Double(c), Operand.Bool(isFirst))),
        Register("Minimum", "layers/minimum", true, (c, isFirst) => LayerFunctions.OfInput("layers/minimum", LayoutRule.Any, "_number", Operand.Double(c), Operand.Bool(isFirst))),
    ];

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override string File => file;

    /// <inheritdoc/>
    protected override bool BackwardTakesInputs => takesInputs;

    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (1, 2);

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => inputs.Count == 1 ? [inputs[0]] : base.InferOutputs(inputs);

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        if (context.Inputs.Count > 1)
        {
            return base.Meaning(context);
        }

        bool isFirst = Config.Values["x1"] is not null;
        return Config.Values[isFirst ? "x1" : "x2"] switch
        {
            long integer => withNumber(integer, isFirst),
            double number => withNumber(number, isFirst),
            object?[] or null => throw NetworkErrors.WrongValue.At(Place, ClassName, isFirst ? "x1" : "x2", "a number or a tensor", "a list"),
            var other => throw NetworkErrors.WrongValue.At(Place, ClassName, isFirst ? "x1" : "x2", "a number or a tensor", other),
        };
    }

    private static LayerRegistration Register(string name, string file, bool takesInputs, Func<double, bool, FunctionPair> withNumber) => new(
        new KerasClass(ObjectKind.Operation, name, [], [.. OperationArguments.Common, Argument.Any("x1"), Argument.Any("x2")]),
        config => new ArithmeticOperation(config, file, takesInputs, withNumber)) { CallParameters = ["x1", "x2"] };

    private static FunctionPair Rescaling(double scale, double offset) =>
        LayerFunctions.Linear("layers/rescaling", LayoutRule.Any, "", [Operand.Double(scale), Operand.Double(offset)], [Operand.Double(scale)]);

    private static FunctionPair Division(double number, bool isFirst) => isFirst
        ? LayerFunctions.OfInput("operations/divide", LayoutRule.Any, "_of_number", Operand.Double(number))
        : LayerFunctions.Linear("operations/divide", LayoutRule.Any, "_number", [Operand.Double(number)], [Operand.Double(number)]);
}
