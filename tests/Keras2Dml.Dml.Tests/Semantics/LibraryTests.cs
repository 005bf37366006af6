using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Semantics.Checking;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests.Semantics;

public sealed class LibraryTests
{
    private static readonly string Root = Checkout.PathOf("dml");

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Root, "*.dml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Library_files_have_no_problems(string path)
    {
        DiagnosticBag diagnostics = GoldenScripts.Check(path, File.ReadAllText(Path.Combine(Root, path)), Root, new Dictionary<string, string>());
        Assert.True(!diagnostics.HasErrors, string.Join("\n", diagnostics.Problems));
    }
}
