using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Replaces an operation by an equal one that is cheaper; null leaves it.</summary>
/// <param name="graph">The graph that takes new nodes.</param>
/// <param name="node">An operation whose inputs have been rewritten already.</param>
internal delegate Node? RewriteRule(Graph graph, Node node);

/// <summary>A named improvement of operations; each can be switched off by its name.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Description">What it does, for people.</param>
/// <param name="Rule">The rule.</param>
internal sealed record Rewrite(string Name, string Description, RewriteRule Rule);
