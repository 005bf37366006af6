using System.Text.Json.Nodes;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Semantics.Checking;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Tests;

/// <summary>The scripts of <c>tests/golden/dml</c>, with what SystemDS did with them.</summary>
internal static class GoldenScripts
{
    /// <summary>One case.</summary>
    internal sealed record Case(string Folder, string Name, string Kind, bool IsQuirk, IReadOnlyDictionary<string, string> Arguments)
    {
        public string Text => File.ReadAllText(Path.Combine(Folder, Name + ".dml"));
    }

    public static IEnumerable<Case> All()
    {
        string root = Checkout.Golden("dml");
        foreach (string line in File.ReadLines(Path.Combine(root, "index.jsonl")))
        {
            JsonNode entry = JsonNode.Parse(line)!;
            string name = (string)entry["case"]!;
            string group = (string)entry["group"]!;
            name = name.StartsWith(group + "/", StringComparison.Ordinal) ? name[(group.Length + 1)..] : name;
            yield return new Case(Path.Combine(root, group), name, (string)entry["kind"]!, (bool?)entry["quirk"] ?? false, Arguments(entry["args"]!.AsArray()));
        }
    }

    // One text in which blanks separate k=v pairs or positional values; quotes keep blanks together.
    private static Dictionary<string, string> Arguments(JsonArray lines)
    {
        var arguments = new Dictionary<string, string>();
        foreach (string part in lines.SelectMany(l => Split((string)l!)))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            arguments[equals > 0 ? part[..equals] : $"{arguments.Count + 1}"] = equals > 0 ? part[(equals + 1)..] : part;
        }

        return arguments;
    }

    private static IEnumerable<string> Split(string line)
    {
        var part = new System.Text.StringBuilder();
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote == '\0' && c == ' ')
            {
                if (part.Length > 0)
                {
                    yield return part.ToString();
                }

                part.Clear();
            }
            else if (c == quote || (quote == '\0' && c is '"' or '\''))
            {
                quote = quote == '\0' ? c : '\0';
            }
            else
            {
                part.Append(c);
            }
        }

        if (part.Length > 0)
        {
            yield return part.ToString();
        }
    }

    /// <summary>Parses and checks a script; what it sources is looked for in a folder.</summary>
    public static DiagnosticBag Check(string name, string text, string folder, IReadOnlyDictionary<string, string> arguments)
    {
        var diagnostics = new DiagnosticBag();
        LoadedScript script = new ScriptLoader(_ => null, (_, _) => false, folder, diagnostics).Load(name, text, arguments);
        if (!diagnostics.HasErrors)
        {
            ProgramChecker.Check(script, diagnostics);
        }

        return diagnostics;
    }
}
