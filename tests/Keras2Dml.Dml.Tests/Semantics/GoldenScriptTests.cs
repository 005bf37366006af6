using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests.Semantics;

public sealed class GoldenScriptTests
{
    public static TheoryData<string> Accepted() => [.. GoldenScripts.All().Where(c => c.Kind is "value" or "print" && !c.IsQuirk).Select(c => Path.GetFileName(c.Folder) + "/" + c.Name)];

    // The first needs the file's size, which is read with the file; in the second we let positional calls leave out arguments that have defaults.
    private static readonly HashSet<string> Differences = ["io/readtext-without_dims", "functions/source-defaults_and_multireturn"];

    public static TheoryData<string> Refused() => [.. GoldenScripts.All().Where(c => c.Kind is "error-compile" && !c.IsQuirk).Select(c => Path.GetFileName(c.Folder) + "/" + c.Name).Where(n => !Differences.Contains(n))];

    private static readonly Dictionary<string, GoldenScripts.Case> Cases = GoldenScripts.All().ToDictionary(c => Path.GetFileName(c.Folder) + "/" + c.Name);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Scripts_that_SystemDS_starts_have_no_problems(string name)
    {
        GoldenScripts.Case script = Cases[name];
        DiagnosticBag diagnostics = GoldenScripts.Check(script.Name + ".dml", script.Text, script.Folder, script.Arguments);
        Problem[] problems = [.. diagnostics.Problems.Where(p => p.Definition.Id != "K2D3215")];
        Assert.True(problems.Length == 0, string.Join("\n", (IEnumerable<Problem>)problems));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Scripts_that_SystemDS_refuses_have_problems(string name)
    {
        GoldenScripts.Case script = Cases[name];
        DiagnosticBag diagnostics = GoldenScripts.Check(script.Name + ".dml", script.Text, script.Folder, script.Arguments);
        Assert.True(diagnostics.HasErrors, "accepted");
    }
}
