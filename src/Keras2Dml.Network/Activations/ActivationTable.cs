using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Activations;

/// <summary>A registered activation function: its declaration and what it computes on a tensor.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="Meaning">Functions for an activation as configured, applied to a tensor: a <see cref="FunctionPair"/>, or <see cref="PassThrough"/> for linear.</param>
internal sealed record ActivationRegistration(KerasClass Class, Func<KerasObject, TensorSpec, LayerMeaning> Meaning);

/// <summary>Every activation function, one line each.</summary>
internal static class ActivationTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<ActivationRegistration> All { get; } =
    [
        new(new KerasClass(ObjectKind.Activation, "linear", [], []), (_, _) => new PassThrough()),
        Elementwise("relu", "relu"),
    ];

    /// <summary>What an activation computes on a tensor.</summary>
    public static LayerMeaning Meaning(KerasObject activation, TensorSpec input) =>
        All.First(a => a.Class.Name == activation.ClassName).Meaning(activation, input);

    /// <summary>A function of single cells whose gradient comes from its input: <c>forward(X)</c>, <c>backward(dout, X)</c>.</summary>
    private static ActivationRegistration Elementwise(string name, string file) =>
        new(new KerasClass(ObjectKind.Activation, name, [], []), (_, _) => new FunctionPair
        {
            File = "activations/" + file,
            ForwardArguments = [Operand.Input()],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input()],
            BackwardResults = [Result.InputGradient()],
            Layout = LayoutRule.Any,
        });
}
