using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Copies the DAG of a segment operation by operation and tries the rules on each; what nobody needs any more is left behind.</summary>
internal sealed class GraphRewriter(Segment segment, RewriteRule[] rules)
{
    private const int MostTries = 8;
    private readonly Graph graph = segment.Graph.Empty();
    private readonly Dictionary<Node, Node> copies = [];

    public Segment Run()
    {
        HashSet<Node> needed = Needed();
        foreach (Node node in segment.Graph.Nodes)
        {
            // Loads stay: they are the key of the plan.
            if (node.Kind == NodeKind.Load || needed.Contains(node))
            {
                copies[node] = Copy(node);
            }
        }

        return segment with
        {
            Graph = graph,
            Loads = [.. segment.Loads.Select(l => (l.Variable, copies[l.Node]))],
            Stores = [.. segment.Stores.Select(s => (s.Variable, copies[s.Node]))],
        };
    }

    private HashSet<Node> Needed()
    {
        var needed = new HashSet<Node>();
        var pending = new Stack<Node>(segment.Graph.Effects.Concat(segment.Stores.Select(s => s.Node)));
        while (pending.TryPop(out Node? node))
        {
            if (needed.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return needed;
    }

    private Node Copy(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Constant:
                return graph.Constant(node.Constant);
            case NodeKind.Load:
                return graph.Load(node.Name, node.Facts);
            case NodeKind.Result:
                return graph.Result(copies[node.Inputs[0]], node.Index, node.Facts);
            default:
                Node copy = graph.Operation(node.Name, [.. node.Inputs.Select(i => copies[i])], node.Facts, node.Span, node.Outputs, node.HasEffect);
                return node.HasEffect || node.Outputs > 1 ? copy : Improve(copy);
        }
    }

    private Node Improve(Node node)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            Node? better = null;
            foreach (RewriteRule rule in rules)
            {
                if (node.Kind == NodeKind.Operation && rule(graph, node) is { } replaced && replaced != node)
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
