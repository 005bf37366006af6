using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Replaces an operation by an equal one that is cheaper; null leaves it.</summary>
/// <param name="graph">The graph that takes new nodes.</param>
/// <param name="node">An operation whose inputs have been rewritten already.</param>
internal delegate Node? RewriteRule(Graph graph, Node node);

/// <summary>Rewrites a whole segment, where it matters who else uses a value.</summary>
internal delegate Segment RewritePass(SegmentView view);

/// <summary>A named improvement; each can be switched off by its name.</summary>
internal sealed record Rewrite
{
    /// <summary>Unique name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, for people.</summary>
    public required string Description { get; init; }

    /// <summary>A rule for single operations; null for a pass.</summary>
    public RewriteRule? Rule { get; init; }

    /// <summary>A pass over the segment, after all rules; null for a rule.</summary>
    public RewritePass? Pass { get; init; }
}
