using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>Bias and relu as part of the product or convolution before them.</summary>
internal static class Epilogues
{
    public static Segment ReluMask(SegmentView view)
    {
        // Maxima with 0 by what they are taken of.
        var maxima = new Dictionary<Node, Node>();
        foreach (Node node in view.Nodes)
        {
            if (ReluOperand(node) is { } operand && Algebra.IsOperation(operand, "+", "bias_add"))
            {
                maxima.TryAdd(operand, node);
            }
        }

        if (maxima.Count == 0)
        {
            return view.Segment;
        }

        return view.Copy((graph, original, copy, copyOf) =>
            original.Name == ">" && IsZero(original.Inputs[1]) && maxima.TryGetValue(original.Inputs[0], out Node? maximum) && maximum.Id < original.Id
                ? graph.Operation(">", [copyOf(maximum), copy.Inputs[1]], copy.Facts, copy.Span)
                : copy);
    }

    public static Segment Bias(SegmentView view) => view.Copy((graph, original, copy, _) =>
    {
        Node product = original.Inputs.Count > 0 ? original.Inputs[0] : original;
        if (original.Name == "+" && Algebra.IsOperation(product, "matrixmultiply") && view.IsUsedOnce(product) && IsPlain(product)
            && original.Inputs[1].Facts is { IsMatrix: true, Size.Rows: 1 } bias && bias.Size.Columns == product.Facts.Size.Columns && product.Facts.Size is { IsKnown: true, Rows: > 1 }
            && SameKind(view, product.Inputs[0], product.Inputs[1], original.Inputs[1]))
        {
            Node[] inputs = [.. copy.Inputs[0].Inputs.Take(2), copy.Inputs[1]];
            return graph.Operation("multiply_bias", inputs, copy.Facts, copy.Span);
        }

        if (original.Name == "bias_add" && Algebra.IsOperation(product, "conv2d") && view.IsUsedOnce(product) && SameKind(view, product.Inputs[0], product.Inputs[1], original.Inputs[1]))
        {
            return graph.Operation("conv2d_bias", [.. copy.Inputs[0].Inputs, copy.Inputs[1]], copy.Facts, copy.Span);
        }

        return copy;
    });

    public static Segment Relu(SegmentView view) => view.Copy((graph, original, copy, _) =>
    {
        Node? operand = ReluOperand(original);
        return operand is not null && Algebra.IsOperation(operand, "multiply_bias", "conv2d_bias") && view.IsUsedOnce(operand) && ReluOperand(copy) is { } product
            ? graph.Operation(product.Name + "_relu", product.Inputs, copy.Facts, copy.Span)
            : copy;
    });

    // X of max(X, 0) or max(0, X); null for anything else.
    private static Node? ReluOperand(Node node) => node.Kind != NodeKind.Operation || node.Name != "max" || node.Inputs.Count != 2 ? null
        : IsZero(node.Inputs[1]) ? node.Inputs[0]
        : IsZero(node.Inputs[0]) ? node.Inputs[1]
        : null;

    private static bool IsZero(Node node) => node.IsConstant && !node.Constant.IsString && node.Constant.AsDouble() == 0;

    private static bool IsPlain(Node product) => Algebra.IsFalse(product.Inputs[2]) && Algebra.IsFalse(product.Inputs[3]);

    private static bool SameKind(SegmentView view, Node a, Node b, Node c) => view.IsSingle(a) == view.IsSingle(b) && view.IsSingle(b) == view.IsSingle(c);
}
