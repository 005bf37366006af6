using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Rules of algebra.</summary>
internal static class Algebra
{
    public static Node? Reshape(Graph graph, Node node)
    {
        if (node.Name != "reshape" || !IsTrue(node.Inputs[3]))
        {
            return null;
        }

        Node source = node.Inputs[0];
        if (source.Facts.IsMatrix && source.Facts.Size.IsKnown && source.Facts.Size == node.Facts.Size)
        {
            return source;
        }

        return IsOperation(source, "reshape") && IsTrue(source.Inputs[3])
            ? graph.Operation("reshape", [source.Inputs[0], node.Inputs[1], node.Inputs[2], node.Inputs[3]], node.Facts, node.Span)
            : null;
    }

    public static Node? Transpose(Graph graph, Node node)
    {
        if (node.Name != "t")
        {
            return null;
        }

        Node source = node.Inputs[0];
        if (IsOperation(source, "t"))
        {
            return source.Inputs[0];
        }

        Size size = source.Facts.Size;
        return source.Facts.IsMatrix && size.IsKnown && (size.Rows == 1 || size.Columns == 1)
            ? graph.Operation("reshape", [source, graph.Integer(size.Columns), graph.Integer(size.Rows), graph.Boolean(true)], node.Facts, node.Span)
            : null;
    }

    public static Node? TransposeMultiply(Graph graph, Node node)
    {
        if (node.Name != "matrixmultiply" || !(IsOperation(node.Inputs[0], "t") || IsOperation(node.Inputs[1], "t")))
        {
            return null;
        }

        (Node a, Node flagA) = Untransposed(graph, node.Inputs[0], node.Inputs[2]);
        (Node b, Node flagB) = Untransposed(graph, node.Inputs[1], node.Inputs[3]);
        return graph.Operation("matrixmultiply", [a, b, flagA, flagB], node.Facts, node.Span);
    }

    public static Node? Power(Graph graph, Node node)
    {
        if (node.Name != "^" || !node.Inputs[0].Facts.IsMatrix || !node.Inputs[1].IsConstant || node.Inputs[1].Constant.IsString)
        {
            return null;
        }

        Node x = node.Inputs[0];
        return node.Inputs[1].Constant.AsDouble() switch
        {
            1 => x,
            2 => graph.Operation("*", [x, x], node.Facts, node.Span),
            0.5 => graph.Operation("sqrt", [x], node.Facts, node.Span),
            _ => null,
        };
    }

    public static Node? Unit(Graph graph, Node node)
    {
        if (node.Name is not ("*" or "/"))
        {
            return null;
        }

        bool one = node.Inputs[0].Facts.IsMatrix && IsOne(node.Inputs[1]);
        return one ? node.Inputs[0] : node.Name == "*" && node.Inputs[1].Facts.IsMatrix && IsOne(node.Inputs[0]) ? node.Inputs[1] : null;
    }

    // matrix(1, 1, n) %*% X is colSums(X), X %*% matrix(1, n, 1) is rowSums(X).
    public static Node? Ones(Graph graph, Node node)
    {
        if (node.Name != "matrixmultiply" || IsTrue(node.Inputs[2]) || IsTrue(node.Inputs[3]))
        {
            return null;
        }

        (Node a, Node b) = (node.Inputs[0], node.Inputs[1]);
        if (IsOnes(a) && a.Facts.Size.Rows == 1 && a.Facts.Size.Columns > 1 && b.Facts.Size.IsKnown)
        {
            return graph.Operation("colSums", [b], node.Facts, node.Span);
        }

        return IsOnes(b) && b.Facts.Size.Columns == 1 && b.Facts.Size.Rows > 1 && a.Facts.Size.IsKnown ? graph.Operation("rowSums", [a], node.Facts, node.Span) : null;
    }

    public static bool IsOperation(Node node, string name) => node.Kind == NodeKind.Operation && node.Name == name;

    public static bool IsOperation(Node node, string name, string other) => IsOperation(node, name) || IsOperation(node, other);

    public static bool IsFalse(Node node) => node.IsConstant && !node.Constant.IsString && !node.Constant.AsBoolean();

    public static bool IsTrue(Node node) => node.IsConstant && node.Facts.Value == ValueKind.Boolean && node.Constant.AsBoolean();

    private static bool IsOnes(Node node) => IsOperation(node, "fill") && IsOne(node.Inputs[0]) && node.Facts.Size.IsKnown;

    private static bool IsOne(Node node) => node.IsConstant && !node.Constant.IsString && node.Constant.AsDouble() == 1;

    private static (Node Matrix, Node Flag) Untransposed(Graph graph, Node node, Node flag) =>
        IsOperation(node, "t") && flag.IsConstant ? (node.Inputs[0], graph.Boolean(!flag.Constant.AsBoolean())) : (node, flag);
}
