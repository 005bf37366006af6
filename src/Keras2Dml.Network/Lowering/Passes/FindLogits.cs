namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Notes for every output that softmax or sigmoid made the tensor before it.</summary>
/// <remarks>
/// Keras's softmax and sigmoid leave their input on the tensor (<c>_keras_logits</c>, keras/src/activations/activations.py) and its TensorFlow
/// backend takes that instead of the probabilities (keras/src/backend/tensorflow/nn.py, <c>_get_logits</c>): by presence, not by the kind of activation.
/// </remarks>
internal static class FindLogits
{
    private static readonly HashSet<string> Files = ["activations/softmax", "activations/sigmoid"];

    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options) => network with
    {
        Outputs = [.. network.Outputs.Select(o =>
            network.Nodes.FirstOrDefault(n => n.Outputs.Contains(o.Tensor)) is { } node && Files.Contains(node.Functions!.File) ? o with { Logits = node.Inputs[0] } : o)],
    };
}
