using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>
/// Element kinds in a program of single precision. Fills and random draws have none of their own: they take the kind of the matrices they
/// meet, double with sequences, tables and labels, otherwise single.
/// </summary>
internal sealed class Precisions
{
    private readonly Dictionary<Node, bool?> kinds = [];

    private Precisions()
    {
    }

    /// <summary>Element kinds of a segment's values.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="isSingle">True for a variable whose matrix is single.</param>
    public static Precisions Of(Segment segment, Func<string, bool> isSingle)
    {
        var precisions = new Precisions();
        foreach (Node node in segment.Graph.Nodes)
        {
            precisions.kinds[node] = precisions.Forward(node, isSingle);
        }

        for (int i = segment.Graph.Nodes.Count - 1; i >= 0; i--)
        {
            precisions.Backward(segment.Graph.Nodes[i]);
        }

        return precisions;
    }

    /// <summary>True for single, false for double, null when nothing decides.</summary>
    public bool? KindOf(Node node) => kinds[node];

    /// <summary>Operations whose results follow no input and are single.</summary>
    public IReadOnlySet<Node> Singles => kinds.Where(k => Rule(k.Key) == PrecisionRule.Adapt && k.Value != false).Select(k => k.Key).ToHashSet();

    private bool? Forward(Node node, Func<string, bool> isSingle)
    {
        switch (node.Kind)
        {
            case NodeKind.Constant:
                return null;
            case NodeKind.Load:
                return node.Facts.IsMatrix ? isSingle(node.Name) : null;
            case NodeKind.Result:
                return kinds[node.Inputs[0]];
            default:
                return Rule(node) switch
                {
                    PrecisionRule.AlwaysDouble => false,
                    PrecisionRule.Follow => Meet(node),
                    _ => null,
                };
        }
    }

    // Single when any input is, double when the others are, open when all are open.
    private bool? Meet(Node node)
    {
        bool? kind = null;
        foreach (Node input in node.Inputs)
        {
            if (IsMatrix(input) && kinds[input] is { } given)
            {
                kind = given || kind == true;
            }
        }

        return kind;
    }

    // An open operand takes the kind of an operation that is decided; single wins over double.
    private void Backward(Node node)
    {
        if (node.Kind != NodeKind.Operation || Rule(node) != PrecisionRule.Follow || kinds[node] is not { } kind)
        {
            return;
        }

        foreach (Node input in node.Inputs)
        {
            if (IsMatrix(input) && kinds[input] != true && IsOpen(input))
            {
                kinds[input] = kind;
            }
        }
    }

    private bool IsOpen(Node node) => kinds[node] is null || (Rule(node) == PrecisionRule.Adapt && node.Kind == NodeKind.Operation);

    private static bool IsMatrix(Node node) => node.Facts.Data is DataKind.Matrix or DataKind.Unknown;

    private static PrecisionRule? Rule(Node node) => node.Kind == NodeKind.Operation ? OperatorTable.Find(node.Name)?.Precision : null;
}
