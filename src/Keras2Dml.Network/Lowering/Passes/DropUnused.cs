using System.Collections.Immutable;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Drops steps whose results neither an output, nor a penalty, nor a state needs (masks that nobody takes).</summary>
internal static class DropUnused
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        HashSet<int> needed = [.. network.Outputs.Select(o => o.Tensor), .. network.Outputs.Where(o => o.Mask is not null).Select(o => o.Mask!.Value), .. network.Penalties.Select(p => p.Tensor)];
        var kept = new List<LoweredNode>();
        foreach (LoweredNode node in network.Nodes.Reverse())
        {
            bool isNeeded = node.Outputs.Any(needed.Contains) || (node.MadeMask is { } made && needed.Contains(made)) || node.Functions!.ForwardResults.Any(r => r is StateUpdateResult);
            if (isNeeded)
            {
                kept.Add(node);
                needed.UnionWith(node.Inputs);
                if (node.Mask is { } mask)
                {
                    needed.Add(mask);
                }
            }
        }

        kept.Reverse();
        return network with { Nodes = [.. kept] };
    }
}
