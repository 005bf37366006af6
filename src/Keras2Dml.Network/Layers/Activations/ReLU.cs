using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Activations;

/// <summary>Rectified linear unit. Keras: keras.layers.ReLU; Caffe: ReLU.</summary>
internal sealed class ReLU(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "ReLU", [],
        [
            .. CommonArguments,
            Argument.OptionalDouble("max_value", AtLeastZero),
            Argument.Double("negative_slope", 0.0, 0, double.PositiveInfinity),
            Argument.Double("threshold", 0.0, 0, double.PositiveInfinity),
        ]),
        config => new ReLU(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) =>
        ReluFunctions.Of(Config.Double("negative_slope"), Config.OptionalDouble("max_value"), Config.Double("threshold"));

    private static string? AtLeastZero(object? value) => value is null or double and >= 0 ? null : "a number of at least 0, or null";
}
