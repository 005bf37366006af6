using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>An activation function as a layer. Keras: keras.layers.Activation; Caffe: ReLU, Sigmoid, TanH, ELU.</summary>
internal sealed class Activation(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Activation", [],
        [
            .. CommonArguments,
            Argument.Activation("activation", "linear"),
        ]),
        config => new Activation(config));

    private KerasObject Function => Config.Object("activation") ?? throw NetworkErrors.MissingArgument.At(Place, ClassName, "activation", "an activation function");

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0] with { Shape = ActivationTable.OutputShape(Function, inputs[0].Shape) }];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => ActivationTable.Meaning(Function, context.Inputs[0]);
}
