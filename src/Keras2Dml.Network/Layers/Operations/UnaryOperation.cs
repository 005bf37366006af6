using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Operations;

/// <summary>Functions of single cells as operation nodes: <c>abs(x)</c>, <c>-x</c>, <c>keras.ops.exp(x)</c>.</summary>
/// <param name="config">Configuration.</param>
/// <param name="functions">What it computes.</param>
internal sealed class UnaryOperation(KerasObject config, FunctionPair functions) : Layer(config)
{
    /// <summary>Declarations and constructors.</summary>
    public static IReadOnlyList<LayerRegistration> Registrations { get; } =
    [
        Register("Absolute", "operations/absolute"),
        Register("Abs", "operations/absolute"),
        Register("Square", "operations/square"),
        Register("Sqrt", "operations/sqrt"),
        Register("Rsqrt", "operations/rsqrt"),
        Register("Log", "operations/log"),
        Register("Exp", "activations/exponential"),
        Register("Tanh", "activations/tanh"),
        Register("Sigmoid", "activations/sigmoid"),
        Register("Relu", "activations/relu"),
        Register("Silu", "activations/silu"),
        Register("Softplus", "activations/softplus"),
        Register("Softsign", "activations/softsign"),
        new(Declare("Negative"), config => new UnaryOperation(config, LayerFunctions.Linear("layers/rescaling", LayoutRule.Any, "", [Operand.Double(-1), Operand.Double(0)], [Operand.Double(-1)]))) { CallParameters = ["x"] },
    ];

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => functions;

    private static KerasClass Declare(string name) => new(ObjectKind.Operation, name, [], OperationArguments.Common);

    private static LayerRegistration Register(string name, string file) =>
        new(Declare(name), config => new UnaryOperation(config, LayerFunctions.OfInput(file, LayoutRule.Any))) { CallParameters = ["x"] };
}
