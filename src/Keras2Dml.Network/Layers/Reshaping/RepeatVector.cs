using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Reshaping;

/// <summary>Repeats a vector n times along a new axis. Keras: keras.layers.RepeatVector.</summary>
internal sealed class RepeatVector(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "RepeatVector", [], [.. CommonArguments, Argument.RequiredInt("n")]),
        config => new RepeatVector(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    private int Times => Config.Int("n");

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) =>
        inputs[0].Shape.Rank == 1
            ? [inputs[0] with { Shape = new Shape(Times, inputs[0].Shape[0]) }]
            : throw NetworkErrors.InputRank.At(Place, ClassName, 2, inputs[0].Shape);

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => new FunctionPair
    {
        File = "layers/repeat_vector",
        ForwardArguments = [Operand.Input(), Operand.Int(Times)],
        ForwardResults = [Result.Output()],
        BackwardArguments = [Operand.OutputGradient(), Operand.Int(Times)],
        BackwardResults = [Result.InputGradient()],
    };
}
