using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Applies rules to an operation until none fits.</summary>
internal static class RuleRunner
{
    private const int MostTries = 8;

    /// <summary>The node that replaces an operation.</summary>
    public static Node Improve(Graph graph, RewriteRule[] rules, Node node)
    {
        for (int tries = 0; tries < MostTries && node is { Kind: NodeKind.Operation, HasEffect: false, Outputs: 1 }; tries++)
        {
            Node? better = null;
            foreach (RewriteRule rule in rules)
            {
                if (rule(graph, node) is { } replaced && replaced != node)
                {
                    better = replaced;
                    break;
                }
            }

            if (better is null)
            {
                break;
            }

            node = better;
        }

        return node;
    }
}
