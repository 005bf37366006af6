using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Activations;

/// <summary>Exponential linear unit. Keras: keras.layers.ELU; Caffe: ELU.</summary>
internal sealed class ELU(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "ELU", [],
        [
            .. CommonArguments,
            Argument.Double("alpha", 1.0),
        ]),
        config => new ELU(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => LayerFunctions.OfInput("activations/elu", LayoutRule.Any, "", Operand.Double(Config.Double("alpha")));
}
