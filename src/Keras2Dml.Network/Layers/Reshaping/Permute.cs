using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Reshaping;

/// <summary>Another order of axes. Keras: keras.layers.Permute.</summary>
internal sealed class Permute(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Permute", [],
        [
            .. CommonArguments,
            Argument.RequiredInts("dims"),
        ]),
        config => new Permute(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Drop;

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        int[] dims = Config.Ints("dims");
        Shape shape = inputs[0].Shape;
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, dims.Length)))
        {
            throw NetworkErrors.WrongValue.At(Place, ClassName, "dims", "every axis from 1 on once", "[" + string.Join(", ", dims) + "]");
        }

        return dims.Length == shape.Rank ? [inputs[0] with { Shape = new Shape([.. dims.Select(d => shape[d - 1])]) }]
            : throw NetworkErrors.InputRank.At(Place, ClassName, dims.Length + 1, shape);
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => AxisOrder.Meaning(context.Inputs[0].Shape, [.. Config.Ints("dims").Select(d => d - 1)]);
}
