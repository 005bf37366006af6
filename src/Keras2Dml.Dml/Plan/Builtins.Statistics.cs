using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <content>Distributions, grouped aggregates, distinct values and transforms.</content>
internal static partial class Builtins
{
    private static void AddStatistics(Dictionary<string, BuiltinLowering> table)
    {
        foreach (string name in new[] { "cdf", "icdf" })
        {
            table[name] = c => Distribution(c, name, c.Find("dist") ?? c.Text("normal"));
        }

        foreach ((string suffix, string distribution) in new[] { ("norm", "normal"), ("t", "t"), ("f", "f"), ("chisq", "chisq"), ("exp", "exp") })
        {
            table["p" + suffix] = c => Distribution(c, "cdf", c.Text(distribution));
            table["q" + suffix] = c => Distribution(c, "icdf", c.Text(distribution));
        }

        table["aggregate"] = table["groupedAggregate"] = c => c.Runtime(
            "aggregate", UnknownMatrix, c.MatrixOf(c.Get("target")), c.MatrixOf(c.Get("groups")), c.Get("fn"), c.Find("ngroups") ?? c.Graph.Integer(-1), c.Find("order") ?? c.Graph.Integer(2),
            c.Find("weights") ?? c.Graph.Integer(1));
        table["contains"] = c => c.Runtime("contains", Boolean, c.Get("target"), c.Get("pattern"));
        table["countDistinct"] = table["countDistinctApprox"] = c => c.Runtime("countDistinct", Integer, c.MatrixAt(0));
        table["rowCountDistinct"] = table["rowCountDistinctApprox"] = c => c.Runtime("rowCountDistinct", UnknownMatrix, c.MatrixAt(0));
        table["colCountDistinct"] = table["colCountDistinctApprox"] = c => c.Runtime("colCountDistinct", UnknownMatrix, c.MatrixAt(0));
        table["transformapply"] = c => c.Runtime("transformapply", UnknownMatrix, c.Get("target"), c.Get("spec"), c.Get("meta"));
        table["transformdecode"] = c => c.Runtime("transformdecode", Frame, c.Get("target"), c.Get("spec"), c.Get("meta"));
        table["transformcolmap"] = c => c.Runtime("transformcolmap", UnknownMatrix, c.Get("target"), c.Get("spec"));
        table["ppred"] = c => c[2] is { IsConstant: true, Constant: { IsString: true } op } ? c.Graph.Cellwise(op.AsString(), c.Span, c[0], c[1]) : throw c.Wrong("an operator as text", "something else");
    }

    // target, distribution, mean, sd, df or df1, df2, rate, lower tail
    private static Node Distribution(BuiltinCall c, string name, Node distribution)
    {
        Node missing = c.Graph.Constant(Semantics.Scalar.Of(double.NaN));
        return c.Runtime(
            name, Double, c.Get("target", 0), distribution, c.Find("mean") ?? c.Graph.Integer(0), c.Find("sd") ?? c.Graph.Integer(1),
            c.Find("df") ?? c.Find("df1") ?? missing, c.Find("df2") ?? missing, c.Find("rate") ?? c.Graph.Integer(1), c.Find("lower.tail") ?? c.Graph.Boolean(true));
    }
}
