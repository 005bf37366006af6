using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Joins cellwise operators into chains, so that intermediate results never reach memory.</summary>
internal static class CellChains
{
    private const int MostSteps = 64;
    private const int MostInputs = 24;

    public static Segment Fuse(SegmentView view)
    {
        // Last operation of each chain, with the members in program order.
        var chains = new Dictionary<Node, List<Node>>();
        var taken = new HashSet<Node>();
        for (int i = view.Nodes.Count - 1; i >= 0; i--)
        {
            Node node = view.Nodes[i];
            if (!taken.Contains(node) && IsCellwise(view, node) && Grow(view, node, taken) is { Count: > 1 } members)
            {
                taken.UnionWith(members.Where(m => m == node || view.Users(m).All(members.Contains)));
                chains[node] = [.. members.OrderBy(m => m.Id)];
            }
        }

        if (chains.Count == 0)
        {
            return view.Segment;
        }

        return view.Copy((graph, original, copy, copyOf) => chains.TryGetValue(original, out List<Node>? members) ? Chain(graph, copy, members, copyOf) : copy);
    }

    // Takes in operands as long as nobody outside of the chain needs them, or they are cheap to compute again.
    private static HashSet<Node> Grow(SegmentView view, Node last, HashSet<Node> taken)
    {
        var members = new HashSet<Node> { last };
        var inputs = new HashSet<Node>(last.Inputs);
        bool grown = true;
        while (grown)
        {
            grown = false;
            foreach (Node candidate in inputs.OrderByDescending(n => n.Id).ToList())
            {
                if (members.Count >= MostSteps || taken.Contains(candidate) || !IsCellwise(view, candidate) || candidate.Facts.Size != last.Facts.Size
                    || view.IsSingle(candidate) != view.IsSingle(last) || view.IsStored(candidate) || !(view.Users(candidate).All(members.Contains) || IsCheap(view, candidate)))
                {
                    continue;
                }

                int after = inputs.Count - 1 + candidate.Inputs.Count(n => !inputs.Contains(n));
                if (after <= MostInputs)
                {
                    members.Add(candidate);
                    inputs.Remove(candidate);
                    inputs.UnionWith(candidate.Inputs);
                    grown = true;
                }
            }
        }

        return members;
    }

    // A multiple or sum with a scalar of a value that is in memory anyway: each chain that needs it computes it again.
    private static bool IsCheap(SegmentView view, Node node) =>
        node.Name is "+" or "-" or "*" && node.Inputs.Count(i => i.Facts.IsScalar) == 1 && node.Inputs.All(i => i.Facts.IsScalar || !IsCellwise(view, i) || view.IsStored(i))
        && view.Users(node).All(u => IsCellwise(view, u) && u.Facts.Size == node.Facts.Size);

    // Operators whose operands are cells, vectors along a side, or scalars, all of one element kind.
    private static bool IsCellwise(SegmentView view, Node node)
    {
        if (node is not { Kind: NodeKind.Operation, HasEffect: false, Facts: { IsMatrix: true, Size.IsKnown: true } } || !IsCellOperator(node) || node.Facts.Size.Rows * (long)node.Facts.Size.Columns < 2)
        {
            return false;
        }

        Size size = node.Facts.Size;
        foreach (Node input in node.Inputs)
        {
            if (input.Facts.IsScalar)
            {
                continue;
            }

            Size s = input.Facts.Size;
            bool fits = input.Facts.IsMatrix && (s == size || (s.Rows == 1 && s.Columns == size.Columns) || (s.Columns == 1 && s.Rows == size.Rows));
            if (!fits || view.IsSingle(input) != view.IsSingle(node))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCellOperator(Node node) => node.Inputs.Count switch
    {
        1 => ScalarOperations.IsUnary(node.Name),
        2 => ScalarOperations.IsBinary(node.Name),
        3 => node.Name == "ifelse",
        _ => false,
    };

    private static Node Chain(Graph graph, Node last, List<Node> members, Func<Node, Node> copyOf)
    {
        var inputs = new List<Node>();
        foreach (Node input in members.SelectMany(m => m.Inputs))
        {
            if (!members.Contains(input) && !inputs.Contains(input))
            {
                inputs.Add(input);
            }
        }

        var numbers = new Dictionary<Node, int>();
        foreach (Node node in inputs.Concat(members))
        {
            numbers[node] = numbers.Count;
        }

        CellStep[] steps = [.. members.Select(m => new CellStep(m.Name, numbers[m.Inputs[0]], m.Inputs.Count > 1 ? numbers[m.Inputs[1]] : -1, m.Inputs.Count > 2 ? numbers[m.Inputs[2]] : -1))];
        return graph.Chain(new CellProgram(inputs.Count, steps), [.. inputs.Select(copyOf)], last.Facts, last.Span);
    }
}
