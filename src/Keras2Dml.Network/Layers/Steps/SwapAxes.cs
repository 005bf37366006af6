using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>Exchanges two neighbouring groups of axes: rows (outer, a, b, inner) become (outer, b, a, inner).</summary>
/// <param name="outer">Product of the axes before.</param>
/// <param name="a">Size of the first group.</param>
/// <param name="b">Size of the second group.</param>
/// <param name="inner">Product of the axes after.</param>
/// <param name="output">Shape afterwards.</param>
internal sealed class SwapAxes(int outer, int a, int b, int inner, Shape output) : Step("SwapAxes")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = output }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        // With a group of size 1 the order of cells stays as it is.
        if (a == 1 || b == 1)
        {
            return new FunctionPair
            {
                File = "layers/reshape",
                ForwardArguments = [Operand.Input()],
                ForwardResults = [Result.Output()],
                BackwardArguments = [Operand.OutputGradient()],
                BackwardResults = [Result.InputGradient()],
            };
        }

        Operand[] sizes = [Operand.Int(outer), Operand.Int(a), Operand.Int(b), Operand.Int(inner)];
        return new FunctionPair
        {
            File = "util/axes",
            ForwardName = "swap",
            BackwardName = "swap_backward",
            ForwardArguments = [Operand.Input(), .. sizes],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), .. sizes],
            BackwardResults = [Result.InputGradient()],
        };
    }
}
