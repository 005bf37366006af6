namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Drops steps that are the identity at inference (Dropout).</summary>
internal static class DropInferenceIdentities
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        LoweredNode[] dropped = [.. network.Nodes.Where(n => n.Functions!.IdentityAtInference && !(n.Training ?? options.Training))];
        return (network with { Nodes = network.Nodes.RemoveRange(dropped) }).Redirect(dropped.ToDictionary(n => n.Outputs[0], n => n.Inputs[0]));
    }
}
