using System.Diagnostics;
using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Applies rules to an operation until none fits.</summary>
internal static class RuleRunner
{
    private const int MostTries = 8;

    /// <summary>The node that replaces an operation.</summary>
    public static Node Improve(Graph graph, Rewrite[] rules, Node node, RewriteLog? log)
    {
        for (int tries = 0; tries < MostTries && node is { Kind: NodeKind.Operation, HasEffect: false, Outputs: 1 }; tries++)
        {
            Node? better = null;
            foreach (Rewrite rewrite in rules)
            {
                long started = log is null ? 0 : Stopwatch.GetTimestamp();
                better = rewrite.Rule!(graph, node) is { } replaced && replaced != node ? replaced : null;
                log?.Add(rewrite, better is null ? 0 : 1, started);
                if (better is not null)
                {
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
