using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>The rewrites of a DAG, in the order in which they are tried on an operation.</summary>
internal static class Rewrites
{
    /// <summary>Every rewrite.</summary>
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        new("reshape", "A reshape of a reshape is one; to the same size it is none.", Algebra.Reshape),
        new("double-transpose", "t(t(X)) is X; the transpose of a vector is a reshape.", Algebra.Transpose),
        new("transpose-multiply", "t(A) %*% B and A %*% t(B) read the operand transposed.", Algebra.TransposeMultiply),
        new("power", "X^2 is X*X, X^1 is X, X^0.5 is sqrt(X).", Algebra.Power),
        new("unit", "X*1 and X/1 are X.", Algebra.Unit),
        new("row-gather", "table(seq(1, n), rows, n, N) %*% X takes rows of X.", Selection.Gather),
        new("row-scatter", "t(table(seq(1, n), rows, n, N)) %*% X adds rows of X up.", Selection.Scatter),
        new("ones-multiply", "Multiplying by a matrix of ones sums or repeats.", Algebra.Ones),
    ];

    /// <summary>Applies all rewrites but the disabled ones.</summary>
    public static Segment Apply(Segment segment, IReadOnlySet<string> disabled)
    {
        RewriteRule[] rules = [.. All.Where(r => !disabled.Contains(r.Name)).Select(r => r.Rule)];
        return rules.Length == 0 ? segment : new GraphRewriter(segment, rules).Run();
    }
}
