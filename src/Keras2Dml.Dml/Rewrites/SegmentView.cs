using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Changes a copied operation.</summary>
/// <param name="graph">The new graph.</param>
/// <param name="original">The operation in the old graph.</param>
/// <param name="copy">Its copy, with copied inputs.</param>
/// <param name="copyOf">The copy of any node before this one.</param>
internal delegate Node NodeChange(Graph graph, Node original, Node copy, Func<Node, Node> copyOf);

/// <summary>A segment with facts that passes need: which nodes are needed, who uses them, their element kinds.</summary>
internal sealed class SegmentView
{
    private readonly Func<string, bool> isSingle;
    private readonly Dictionary<Node, List<Node>> users = [];
    private readonly Dictionary<Node, int> stores;
    private readonly HashSet<Node> needed = [];
    private Precisions? precisions;

    public SegmentView(Segment segment, Func<string, bool> isSingle)
    {
        Segment = segment;
        this.isSingle = isSingle;
        stores = segment.Stores.GroupBy(s => s.Node).ToDictionary(g => g.Key, g => g.Count());
        var pending = new Stack<Node>(segment.Graph.Effects.Concat(segment.Stores.Select(s => s.Node)));
        while (pending.TryPop(out Node? node))
        {
            if (needed.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    (users.TryGetValue(input, out List<Node>? list) ? list : users[input] = []).Add(node);
                    pending.Push(input);
                }
            }
        }

        Nodes = [.. segment.Graph.Nodes.Where(needed.Contains)];
    }

    public Segment Segment { get; }

    /// <summary>Needed nodes in program order.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Operations that read a value, once for each input.</summary>
    public IReadOnlyList<Node> Users(Node node) => users.TryGetValue(node, out List<Node>? list) ? list : [];

    /// <summary>True when a variable takes the value at the end.</summary>
    public bool IsStored(Node node) => stores.ContainsKey(node);

    /// <summary>True when one operation reads the value, once, and no variable takes it.</summary>
    public bool IsUsedOnce(Node node) => !IsStored(node) && Users(node).Count == 1;

    /// <summary>Element kind of a matrix: true for single, false for double, null when its users decide.</summary>
    public bool? IsSingle(Node node) => (precisions ??= Precisions.Of(Segment, isSingle)).KindOf(node);

    /// <summary>Number of operations that <see cref="Copy"/> replaced by others.</summary>
    public int Changes { get; private set; }

    /// <summary>Copies the needed nodes into a new graph; each operation may be changed on the way.</summary>
    public Segment Copy(NodeChange change)
    {
        Graph graph = Segment.Graph.Empty();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in Segment.Graph.Nodes)
        {
            // Loads stay: they are the key of the plan.
            if (node.Kind == NodeKind.Load || needed.Contains(node))
            {
                copies[node] = node.Kind switch
                {
                    NodeKind.Constant => graph.Constant(node.Constant),
                    NodeKind.Load => graph.Load(node.Name, node.Facts),
                    NodeKind.Result => graph.Result(copies[node.Inputs[0]], node.Index, node.Facts),
                    _ => Changed(graph, node, copies, change),
                };
            }
        }

        return Segment with
        {
            Graph = graph,
            Loads = [.. Segment.Loads.Select(l => (l.Variable, copies[l.Node]))],
            Stores = [.. Segment.Stores.Select(s => (s.Variable, copies[s.Node]))],
        };
    }

    private Node Changed(Graph graph, Node original, Dictionary<Node, Node> copies, NodeChange change)
    {
        Node copy = graph.Copy(original, [.. original.Inputs.Select(i => copies[i])]);
        Node result = change(graph, original, copy, n => copies[n]);
        Changes += result == copy ? 0 : 1;
        return result;
    }
}
