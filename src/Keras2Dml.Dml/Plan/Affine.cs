using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>Differences of integer expressions: the size of <c>X[(i-1)*B+1 : i*B, ]</c> is B whatever i is.</summary>
internal static class Affine
{
    private const int Deepest = 16;

    /// <summary>Number of positions from lower to upper; -1 when it depends on values of the run.</summary>
    public static int Extent(Node lower, Node upper)
    {
        var terms = new Dictionary<Node, double>();
        double constant = 1;
        return Add(upper, 1, terms, ref constant, 0) && Add(lower, -1, terms, ref constant, 0) && terms.Values.All(v => v == 0) && constant is >= 0 and <= int.MaxValue
            ? (int)constant
            : -1;
    }

    // Adds factor * node as a sum of multiples of nodes that are no sums themselves.
    private static bool Add(Node node, double factor, Dictionary<Node, double> terms, ref double constant, int depth)
    {
        if (node.IsConstant)
        {
            constant += node.Constant.IsString ? double.NaN : factor * node.Constant.AsDouble();
            return true;
        }

        if (node.Facts.Value == ValueKind.Integer && node.Kind == NodeKind.Operation && depth < Deepest)
        {
            switch (node.Name)
            {
                case "index.check":
                    return Add(node.Inputs[0], factor, terms, ref constant, depth + 1);
                case "+":
                    return Add(node.Inputs[0], factor, terms, ref constant, depth + 1) && Add(node.Inputs[1], factor, terms, ref constant, depth + 1);
                case "-":
                    return Add(node.Inputs[0], factor, terms, ref constant, depth + 1) && Add(node.Inputs[1], -factor, terms, ref constant, depth + 1);
                case "*" when node.Inputs[1].IsConstant:
                    return Add(node.Inputs[0], factor * node.Inputs[1].Constant.AsDouble(), terms, ref constant, depth + 1);
                case "*" when node.Inputs[0].IsConstant:
                    return Add(node.Inputs[1], factor * node.Inputs[0].Constant.AsDouble(), terms, ref constant, depth + 1);
            }
        }

        terms[node] = terms.GetValueOrDefault(node) + factor;
        return true;
    }
}
