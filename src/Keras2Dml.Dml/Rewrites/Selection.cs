using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Multiplications by selection matrices as row copies.</summary>
internal static class Selection
{
    public static Node? Gather(Graph graph, Node node)
    {
        if (node.Name != "matrixmultiply" || !Algebra.IsFalse(node.Inputs[2]) || !Algebra.IsFalse(node.Inputs[3]))
        {
            return null;
        }

        return Rows(node.Inputs[0]) is { } rows && node.Inputs[0].Facts.Size.Columns == node.Inputs[1].Facts.Size.Rows
            ? graph.Operation("gather_rows", [node.Inputs[1], rows], node.Facts, node.Span)
            : null;
    }

    public static Node? Scatter(Graph graph, Node node)
    {
        if (node.Name != "matrixmultiply" || !Algebra.IsTrue(node.Inputs[2]) || !Algebra.IsFalse(node.Inputs[3]))
        {
            return null;
        }

        return Rows(node.Inputs[0]) is { } rows && node.Inputs[0].Facts.Size.Rows == node.Inputs[1].Facts.Size.Rows
            ? graph.Operation("scatter_add_rows", [node.Inputs[1], rows, graph.Integer(node.Inputs[0].Facts.Size.Columns)], node.Facts, node.Span)
            : null;
    }

    // Row numbers of table(seq(1, n), rows, n, N), an n x N matrix with one 1 in each row.
    private static Node? Rows(Node selection)
    {
        if (!Algebra.IsOperation(selection, "table") || selection.Inputs.Count != 4)
        {
            return null;
        }

        (Node sequence, Node rows) = (selection.Inputs[0], selection.Inputs[1]);
        int count = sequence.Facts.Size.Rows;
        bool counts = Algebra.IsOperation(sequence, "seq") && IsNumber(sequence.Inputs[0], 1) && IsNumber(sequence.Inputs[2], 1) && count >= 0;
        return counts && rows.Facts.IsMatrix && rows.Facts.Size == sequence.Facts.Size && IsNumber(selection.Inputs[2], count) && selection.Inputs[3].IsConstant ? rows : null;
    }

    private static bool IsNumber(Node node, double value) => node.IsConstant && !node.Constant.IsString && node.Constant.AsDouble() == value;
}
