using Keras2Dml.Dml.Dialect;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests.Dialect;

public sealed class DialectCheckerTests
{
    private static readonly string Root = Checkout.PathOf("dml");

    public static TheoryData<string> LibraryFiles() => [.. Directory.EnumerateFiles(Root, "*.dml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(LibraryFiles))]
    public void Library_files_keep_to_what_SystemDS_takes(string path)
    {
        DiagnosticBag findings = Check(path, File.ReadAllText(Path.Combine(Root, path)));
        Assert.True(!findings.HasErrors, string.Join("\n", findings.Problems));
    }

    [Theory]
    [InlineData("f = function(double a, double b = 2) return (double y) { y = a + b }\nx = f(1)\nprint(x)", "K2D3301")]
    [InlineData("f = function(double a, double b) return (double y) { y = a + b }\nx = f(1, b=2)\nprint(x)", "K2D3302")]
    [InlineData("w = list(a=1)\nw[\"a\"] = 2\nprint(length(w))", "K2D3303")]
    [InlineData("x = 1\nx += 2\nprint(x)", "K2D3304")]
    [InlineData("X = read($X)\nprint(sum(X))", "K2D3305")]
    [InlineData("scale = function(double a) return (double y) { y = a }\nx = scale(1)\nprint(x)", "K2D3306")]
    [InlineData("_x = 1\nprint(x)", "K2D3307")]
    [InlineData("setwd(\"a\")\nx = 1\nprint(x)", "K2D3309")]
    [InlineData("X = rowcumsum(matrix(1, 2, 2))\nprint(sum(X))", "K2D3310")]
    [InlineData("a = as.scalar(rand(rows=1, cols=1))\nif (a > 0.5) { r = 1 }\nprint(r)", "K2D3312")]
    public void What_SystemDS_refuses_is_found(string script, string id) =>
        Assert.Contains(Check("script.dml", script).Problems, p => p.Definition.Id == id);

    [Theory]
    [InlineData("X = matrix(0, 2, 2)\nparfor (i in 1:4) { X += matrix(i, 2, 2) }\nprint(sum(X))")]
    [InlineData("a = as.scalar(rand(rows=1, cols=1))\nif (a > 0.5) { r = 1 } else { stop(\"no\") }\nprint(r)")]
    [InlineData("for (i in 1:3) { r = i }\nprint(r)")]
    public void What_SystemDS_takes_passes(string script) => Assert.Empty(Check("script.dml", script).Problems);

    private static DiagnosticBag Check(string name, string text)
    {
        var findings = new DiagnosticBag();
        LoadedScript script = new ScriptLoader(_ => null, (_, _) => false, Root, findings).Load(name, text, new Dictionary<string, string> { ["X"] = "x.csv" });
        DialectChecker.Check(script, findings);
        return findings;
    }
}
