using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Keras2Dml.Dml.Dialect;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Library;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Every generated script of the snapshots keeps to what SystemDS takes.</summary>
public sealed partial class DialectTests
{
    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(Folder(), "*.dml").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void AScriptKeepsToTheDialect(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder(), name));
        Dictionary<string, string> arguments = Required().Matches(text).Select(m => m.Groups["name"].Value).Distinct().ToDictionary(a => a, a => a + ".csv");
        var findings = new DiagnosticBag();
        LoadedScript script = new ScriptLoader(LibraryText.Find, (path, _) => LibraryText.Find(path) is not null, Folder(), findings).Load(name, text, arguments);
        if (!findings.HasErrors)
        {
            DialectChecker.Check(script, findings);
        }

        Assert.True(!findings.HasErrors, string.Join("\n", findings.Problems));
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots");

    [GeneratedRegex(@"(read\(|= )\$(?<name>[A-Za-z_0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Required();
}
