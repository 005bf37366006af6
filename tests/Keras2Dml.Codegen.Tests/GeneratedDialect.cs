using System.Text.RegularExpressions;
using Keras2Dml.Dml.Dialect;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Library;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Generated scripts keep to what SystemDS 3.3 takes.</summary>
internal static partial class GeneratedDialect
{
    public static void Check(string name, string text)
    {
        // Arguments with a default keep it; the others are names of files or folders.
        HashSet<string> optional = [.. Optional().Matches(text).Select(m => m.Groups["name"].Value)];
        Dictionary<string, string> arguments = Any().Matches(text).Select(m => m.Groups["name"].Value).Where(a => !optional.Contains(a)).Distinct().ToDictionary(a => a, a => a + ".csv");
        var findings = new DiagnosticBag();
        LoadedScript script = new ScriptLoader(LibraryText.Find, (_, _) => false, ".", findings).Load(name, text, arguments);
        DialectChecker.Check(script, findings);
        Assert.True(!findings.HasErrors, string.Join("\n", findings.Problems));
    }

    [GeneratedRegex(@"\$(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Any();

    [GeneratedRegex(@"ifdef\(\$(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Optional();
}
