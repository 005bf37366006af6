using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Layers.Activations;

namespace Keras2Dml.Network.Activations;

/// <summary>A registered activation function: its declaration and what it computes on a tensor.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="Meaning">Functions for an activation as configured, applied to a tensor: a <see cref="FunctionPair"/>, <see cref="PassThrough"/> for linear, or an <see cref="Expansion"/>.</param>
/// <param name="OutputShape">Shape of the result; null when it is the input's.</param>
internal sealed record ActivationRegistration(KerasClass Class, Func<KerasObject, TensorSpec, LayerMeaning> Meaning, Func<KerasObject, Shape, Shape>? OutputShape = null);

/// <summary>Every activation function of Keras, one line each.</summary>
internal static class ActivationTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<ActivationRegistration> All { get; } =
    [
        new(Declare("linear", []), (_, _) => new PassThrough()),
        Elementwise("celu", Argument.Double("alpha", 1.0)),
        Elementwise("elu", Argument.Double("alpha", 1.0)),
        Elementwise("exponential"),
        new(Declare("gelu", [], Argument.Bool("approximate", false)), (c, _) => LayerFunctions.OfInput("activations/gelu", LayoutRule.Any, c.Bool("approximate") ? "_approximate" : "")),
        new(Declare("glu", [], Argument.Int("axis", -1)), (c, x) => AxisFunctions.Glu(c.Int("axis"), x.Shape), (c, s) => AxisFunctions.GluShape(c.Int("axis"), s)),
        Elementwise("hard_shrink", Argument.Double("threshold", 0.5)),
        Elementwise("hard_sigmoid"),
        new(Declare(HardSigmoidKeras2, []), (_, _) => LayerFunctions.OfInput("activations/hard_sigmoid", LayoutRule.Any, "_keras2")),
        Elementwise("hard_silu", ["hard_swish"]),
        Elementwise("hard_tanh"),
        new(Declare("leaky_relu", [], Argument.Double("negative_slope", 0.2)), (c, _) => ReluFunctions.Leaky(c.Double("negative_slope"))),
        Elementwise("log_sigmoid"),
        new(Declare("log_softmax", [], Argument.Ints("axis", -1)), (c, x) => AxisFunctions.Of("log_softmax", c.Ints("axis"), x.Shape)),
        Elementwise("mish"),
        new(Declare("relu", [], Argument.Double("negative_slope", 0.0), Argument.OptionalDouble("max_value"), Argument.Double("threshold", 0.0)),
            (c, _) => ReluFunctions.Of(c.Double("negative_slope"), c.OptionalDouble("max_value"), c.Double("threshold"))),
        Elementwise("relu6"),
        Elementwise("selu"),
        Elementwise("sigmoid"),
        Elementwise("silu", ["swish"]),
        Elementwise("soft_shrink", Argument.Double("threshold", 0.5)),
        new(Declare("softmax", [], Argument.Ints("axis", -1)), (c, x) => AxisFunctions.Of("softmax", c.Ints("axis"), x.Shape)),
        Elementwise("softplus"),
        Elementwise("softsign"),
        Elementwise("sparse_plus"),
        Elementwise("sparse_sigmoid"),
        new(Declare("sparsemax", [], Argument.Int("axis", -1)), (c, x) => AxisFunctions.Of("sparsemax", [c.Int("axis")], x.Shape)),
        Elementwise("squareplus", Argument.Double("b", 4.0)),
        Elementwise("tanh"),
        Elementwise("tanh_shrink"),
        Elementwise("threshold", Argument.RequiredDouble("threshold"), Argument.RequiredDouble("default_value")),

        // Layers given as the activation of another layer.
        new(OfLayer(ReLU.Registration), (c, _) => ReluFunctions.Of(c.Double("negative_slope"), c.OptionalDouble("max_value"), c.Double("threshold"))),
        new(OfLayer(LeakyReLU.Registration), (c, _) => ReluFunctions.Leaky(c.Double("negative_slope"))),
        new(OfLayer(ELU.Registration), (c, _) => LayerFunctions.OfInput("activations/elu", LayoutRule.Any, "", Operand.Double(c.Double("alpha")))),
        new(OfLayer(Softmax.Registration), (c, x) => AxisFunctions.Of("softmax", c.Ints("axis"), x.Shape)),
    ];

    /// <summary>Name under which the hard sigmoid of Keras 1 and 2 (0.2 x + 0.5, clipped) is read from their files.</summary>
    public const string HardSigmoidKeras2 = "hard_sigmoid_keras2";

    /// <summary>What an activation computes on a tensor.</summary>
    public static LayerMeaning Meaning(KerasObject activation, TensorSpec input) => Of(activation).Meaning(activation, input);

    /// <summary>Shape of an activation's result.</summary>
    public static Shape OutputShape(KerasObject activation, Shape input) => Of(activation).OutputShape?.Invoke(activation, input) ?? input;

    private static ActivationRegistration Of(KerasObject activation) => All.First(a => a.Class.Name == activation.ClassName);

    private static KerasClass OfLayer(LayerRegistration layer) => new(ObjectKind.Activation, layer.Class.Name, layer.Class.Aliases, layer.Class.Arguments);

    private static KerasClass Declare(string name, IReadOnlyList<string> aliases, params Argument[] arguments) => new(ObjectKind.Activation, name, aliases, arguments);

    private static ActivationRegistration Elementwise(string name, params Argument[] arguments) => Elementwise(name, [], arguments);

    /// <summary>A function of single cells in the file of its name, whose arguments are numbers: <c>forward(X, a, b)</c>, <c>backward(dout, X, a, b)</c>.</summary>
    private static ActivationRegistration Elementwise(string name, IReadOnlyList<string> aliases, params Argument[] arguments) =>
        new(Declare(name, aliases, arguments), (c, _) => LayerFunctions.OfInput("activations/" + name, LayoutRule.Any, "", [.. arguments.Select(a => Operand.Double(c.Double(a.Name)))]));
}
