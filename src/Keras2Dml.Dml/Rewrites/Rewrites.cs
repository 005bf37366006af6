using System.Diagnostics;
using Keras2Dml.Dml.Plan;

namespace Keras2Dml.Dml.Rewrites;

/// <summary>The rewrites of a DAG: rules in the order in which they are tried on an operation, then passes.</summary>
internal static class Rewrites
{
    /// <summary>Every rewrite.</summary>
    public static IReadOnlyList<Rewrite> All { get; } =
    [
        new() { Name = "reshape", Description = "A reshape of a reshape is one; to the same size it is none.", Rule = Algebra.Reshape },
        new() { Name = "transpose", Description = "t(t(X)) is X; the transpose of a vector is a reshape.", Rule = Algebra.Transpose },
        new() { Name = "transpose-multiply", Description = "t(A) %*% B and A %*% t(B) read the operand transposed.", Rule = Algebra.TransposeMultiply },
        new() { Name = "power", Description = "X^2 is X*X, X^1 is X, X^0.5 is sqrt(X).", Rule = Algebra.Power },
        new() { Name = "unit", Description = "X*1 and X/1 are X.", Rule = Algebra.Unit },
        new() { Name = "row-gather", Description = "table(seq(1, n), rows, n, N) %*% X takes rows of X.", Rule = Selection.Gather },
        new() { Name = "row-scatter", Description = "t(table(seq(1, n), rows, n, N)) %*% X adds rows of X up.", Rule = Selection.Scatter },
        new() { Name = "ones-multiply", Description = "Multiplying by a vector of ones sums.", Rule = Algebra.Ones },
        new() { Name = "relu-mask", Description = "X > 0 is max(X, 0) > 0 where the maximum is computed anyway, so that X need not be kept.", Pass = Epilogues.ReluMask },
        new() { Name = "bias", Description = "The bias is added while a product or convolution is written.", Pass = Epilogues.Bias },
        new() { Name = "relu", Description = "The maximum with 0 is taken while a product or convolution with bias is written.", Pass = Epilogues.Relu },
        new() { Name = "cell-chain", Description = "Cellwise operators that follow each other run as one, chunk by chunk.", Pass = CellChains.Fuse },
    ];

    /// <summary>Applies all rewrites but the disabled ones.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="disabled">Names of rewrites to leave out.</param>
    /// <param name="isSingle">True for a variable whose matrix is single precision.</param>
    /// <param name="log">Counts and times each rewrite; null for neither.</param>
    public static Segment Apply(Segment segment, IReadOnlySet<string> disabled, Func<string, bool> isSingle, RewriteLog? log = null)
    {
        Rewrite[] enabled = [.. All.Where(r => !disabled.Contains(r.Name))];
        Rewrite[] rules = [.. enabled.Where(r => r.Rule is not null)];
        if (rules.Length > 0)
        {
            segment = new SegmentView(segment, isSingle).Copy((graph, _, copy, _) => RuleRunner.Improve(graph, rules, copy, log));
        }

        foreach (Rewrite rewrite in enabled.Where(r => r.Pass is not null))
        {
            long started = Stopwatch.GetTimestamp();
            var view = new SegmentView(segment, isSingle);
            segment = rewrite.Pass!(view);
            log?.Add(rewrite, view.Changes, started);
        }

        return segment;
    }
}
