using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>Any pair of functions, with the shape of its output.</summary>
/// <param name="name">Name in comments.</param>
/// <param name="meaning">What it computes.</param>
/// <param name="output">Shape afterwards.</param>
internal sealed class FunctionStep(string name, LayerMeaning meaning, Shape output) : Step(name)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = output }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => meaning;
}
