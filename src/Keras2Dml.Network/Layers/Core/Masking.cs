using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>Marks steps whose features all equal a value, and sets them to 0. Keras: keras.layers.Masking.</summary>
internal sealed class Masking(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Masking", [],
        [
            .. CommonArguments,
            Argument.Double("mask_value", 0.0),
        ]),
        config => new Masking(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Make;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => inputs[0].Shape.Rank >= 2 ? [inputs[0]] : throw NetworkErrors.InputRank.At(Place, ClassName, "at least 3", inputs[0].Shape);

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Operand[] arguments = [Operand.Input(), Operand.Double(Config.Double("mask_value")), Operand.Int(context.Inputs[0].Shape[-1])];
        return new FunctionPair
        {
            File = "layers/masking",
            ForwardArguments = arguments,
            ForwardResults = [Result.Output(), Result.Mask],
            BackwardArguments = [Operand.OutputGradient(), .. arguments],
            BackwardResults = [Result.InputGradient()],
        };
    }
}
