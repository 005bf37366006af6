using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Rewrites;

namespace Keras2Dml.Runtime.Tests;

public sealed class RewriteTests
{
    private static readonly IReadOnlyDictionary<string, double[,]> Inputs = new Dictionary<string, double[,]>
    {
        ["X"] = ScriptRun.Random(24, 16, 1),
        ["W"] = ScriptRun.Random(16, 5, 2),
        ["b"] = ScriptRun.Random(1, 5, 3),
    };

    public static TheoryData<string> Names => [.. Scripts.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void EachRewriteOffGivesTheSameAsAllOn(string name)
    {
        string script = Scripts.All.Single(s => s.Name == name).Text;
        using ScriptRun all = ScriptRun.Of(script, Inputs);
        foreach (string[] disabled in Rewrites.All.Select(r => new[] { r.Name }).Append([.. Rewrites.All.Select(r => r.Name)]))
        {
            using ScriptRun without = ScriptRun.Of(script, Inputs, new CompileOptions { DisabledRewrites = disabled.ToHashSet() });
            AssertClose(all, without, 1e-13, string.Join(",", disabled));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SinglePrecisionStaysNearDouble(string name)
    {
        string script = Scripts.All.Single(s => s.Name == name).Text;
        using ScriptRun exact = ScriptRun.Of(script, Inputs);
        using ScriptRun single = ScriptRun.Of(script, Inputs, new CompileOptions { Precision = MatrixType.Single });
        AssertClose(exact, single, name == "dense training" ? 1e-3 : 1e-5, "single");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TwoThreadsGiveTheSameBitsAsOne(string name)
    {
        string script = Scripts.All.Single(s => s.Name == name).Text;
        var inputs = new Dictionary<string, double[,]> { ["X"] = ScriptRun.Random(600, 16, 1), ["W"] = ScriptRun.Random(16, 300, 2), ["b"] = ScriptRun.Random(1, 300, 3) };
        using ScriptRun one = ScriptRun.Of(script, inputs);
        using ScriptRun two = ScriptRun.Of(script, inputs, threads: 2);
        Assert.Equal(one.Outputs.Keys.Order(), two.Outputs.Keys.Order());
        foreach ((string output, double[] cells) in one.Outputs)
        {
            Assert.Equal(cells, two.Cells(output));
        }
    }

    [Fact]
    public void NamesOfRewritesAreUnique() => Assert.Equal(Rewrites.All.Count, Rewrites.All.Select(r => r.Name).Distinct().Count());

    [Fact]
    public void StatisticsTellHowOftenEachRewriteFiredAndHowLongItTook()
    {
        const string script = "X = rand(rows=24, cols=16, seed=1)\nW = rand(rows=16, cols=5, seed=2)\nb = rand(rows=1, cols=5, seed=3)\nY = max(X %*% W + b, 0)\nZ = t(t(Y)) ^ 2 + 1\nwrite(Z, \"memory:Z\")\n";
        using ScriptRun run = ScriptRun.Of(script, Inputs, collectStatistics: true);
        RewriteLog log = run.Context.Statistics.Rewrites!;
        Assert.Equal([1, 1, 1, 1, 1, 0], new[] { "transpose", "power", "bias", "relu", "cell-chain", "row-gather" }.Select(log.Fired));
        Assert.All(Rewrites.All, r => Assert.True(log.Time(r.Name) > TimeSpan.Zero, r.Name));
        Assert.Matches("Rewrites +time \\(ms\\) +fired\nreshape +[0-9.]+ +0\ntranspose +[0-9.]+ +1\n", run.Context.Statistics.Text(run.Context.Pool));
    }

    [Fact]
    public void RewritesThatAreOffAreNotTried()
    {
        using ScriptRun run = ScriptRun.Of("X = read(\"memory:X\")\nY = t(t(X))\nwrite(Y, \"memory:Y\")\n", Inputs, new CompileOptions { DisabledRewrites = new HashSet<string> { "transpose" } }, collectStatistics: true);
        Assert.Equal(0, run.Context.Statistics.Rewrites!.Fired("transpose"));
        Assert.Equal(TimeSpan.Zero, run.Context.Statistics.Rewrites!.Time("transpose"));
    }

    [Fact]
    public void ExplainEndsWithWhatTheRewritesDid()
    {
        CompiledProgram program = ScriptEngine.Compile("X = matrix(1, 2, 3)\nfor (i in 1:9) X = t(t(X)) + i\nprint(sum(X))\n", "test.dml", new CompileOptions());
        Assert.Matches("Rewrites +time \\(ms\\) +fired\n(.*\n)*transpose +[0-9.]+ +1\n", program.Explain("operators"));
        Assert.Contains("Rewrites ", program.Explain("plan"), StringComparison.Ordinal);
        Assert.DoesNotContain("Rewrites ", program.Explain("ast"), StringComparison.Ordinal);
    }

    private static void AssertClose(ScriptRun expected, ScriptRun actual, double tolerance, string what)
    {
        foreach ((string output, double[] cells) in expected.Outputs)
        {
            double scale = Math.Max(1e-30, cells.Max(Math.Abs));
            double error = cells.Zip(actual.Cells(output), (a, b) => Math.Abs(a - b)).Max() / scale;
            Assert.True(error <= tolerance, $"{output} differs by {error} with {what}");
        }
    }
}
