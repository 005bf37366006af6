using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Regularization;

/// <summary>Adds a penalty on its input to the loss. Keras: keras.layers.ActivityRegularization.</summary>
internal sealed class ActivityRegularization(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "ActivityRegularization", [],
        [
            .. CommonArguments,
            Argument.Double("l1", 0.0),
            Argument.Double("l2", 0.0),
        ]),
        config => new ActivityRegularization(config));

    /// <inheritdoc/>
    public override KerasObject? ActivityRegularizer =>
        new(KerasClasses.Find(ObjectKind.Regularizer, "L1L2")!, new Dictionary<string, object?> { ["l1"] = Config.Double("l1"), ["l2"] = Config.Double("l2") });

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => new PassThrough();
}
