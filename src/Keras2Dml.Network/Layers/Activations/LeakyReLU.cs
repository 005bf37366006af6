using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Activations;

/// <summary>x above 0, slope * x below. Keras: keras.layers.LeakyReLU; Caffe: ReLU with negative_slope.</summary>
internal sealed class LeakyReLU(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "LeakyReLU", [],
        [
            .. CommonArguments,
            Argument.Double("negative_slope", 0.3, 0, double.PositiveInfinity),
        ]),
        config => new LeakyReLU(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => ReluFunctions.Leaky(Config.Double("negative_slope"));
}
