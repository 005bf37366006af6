using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Keras2Dml.Conventions.Tests.Documentation;

/// <summary>C# in the pages is a program that a user can compile, or stands in the source just so.</summary>
public sealed class SnippetTests
{
    // What a console project has by itself, and the data that the pages take for granted.
    private const string Around = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using static Given;

        internal static class Given
        {
            public static Keras2Dml.Tensor x = Keras2Dml.Tensor.From(new float[64], 1, 64);
            public static Keras2Dml.Tensor y = Keras2Dml.Tensor.From(new float[10], 1, 10);
        }
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Latest);

    public static TheoryData<string> Snippets => new(Markdown.Pages.SelectMany(Markdown.Blocks).Where(b => b.Language == "csharp" && b.SourceFile is null).Select(b => b.ToString()));

    public static TheoryData<string> Quotations => new(Markdown.Pages.SelectMany(Markdown.Blocks).Where(b => b.SourceFile is not null).Select(b => b.ToString()));

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_compiles_against_the_public_surface(string place)
    {
        IEnumerable<MetadataReference> references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "mscorlib.dll" or "netstandard.dll" or "Keras2Dml.dll" or "Keras2Dml.Core.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(Find(place).Text, Language), CSharpSyntaxTree.ParseText(Around, Language)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{place}: {d}"));
    }

    [Theory]
    [MemberData(nameof(Quotations))]
    public void A_quotation_stands_in_its_file(string place)
    {
        CodeBlock block = Find(place);
        string file = File.ReadAllText(Checkout.PathOf(block.SourceFile!)).ReplaceLineEndings("\n");
        Assert.True(file.Contains(block.Text.TrimEnd(), StringComparison.Ordinal), $"{place} is not (any more) in {block.SourceFile}.");
    }

    private static CodeBlock Find(string place) => Markdown.Pages.SelectMany(Markdown.Blocks).Single(b => b.ToString() == place);
}
