using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Keras2Dml.Core.Memory;
using Keras2Dml.Execution;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Verification;

/// <summary>Cases of the DML corpus: scripts with the text and the files that SystemDS gave, or the phase in which it failed.</summary>
internal sealed partial class DmlCases : ICaseSuite
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public bool Handles(string part) => part == "dml";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string group = (string)entry["group"]!;
        string shown = $"{group}/{name}";
        if ((bool?)entry["quirk"] == true)
        {
            return CaseResult.Skipped(index.Part, shown, "SystemDS behaves so by accident");
        }

        string folder = Path.Combine(index.Folder, group);
        using var workspace = new Workspace(folder, name);
        string kind = (string)entry["kind"]!;
        try
        {
            string? problem = Outcome(folder, name, kind, entry, workspace, options);
            return problem is null ? CaseResult.Passed(index.Part, shown) : CaseResult.Failed(index.Part, shown, problem);
        }
        catch (Keras2DmlException e) when (e.Problems.Any(p => p.Definition.IsUnsupported))
        {
            return CaseResult.Skipped(index.Part, shown, e.Problems.First(p => p.Definition.IsUnsupported).Message.Split('\n')[0]);
        }
    }

    private static string? Outcome(string folder, string name, string kind, JsonObject entry, Workspace workspace, VerifyOptions options)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Keras2DmlException? error = null;
        try
        {
            Execute(folder, name, entry, workspace, options, output);
        }
        catch (Keras2DmlException e)
        {
            error = e;
        }
        catch (OperationCanceledException)
        {
            return $"not finished after {Longest.TotalSeconds} seconds";
        }

        string text = output.ToString();
        double tolerance = (double)entry["tolerance"]!;
        switch (kind)
        {
            case "error-compile":
                return error is null ? "accepted" : text.Length > 0 ? "ran before it was refused" : null;
            case "error-run":
                string before = File.Exists(Path.Combine(folder, name + ".out")) ? File.ReadAllText(Path.Combine(folder, name + ".out")) : string.Empty;

                // Statements of one block have no fixed order in SystemDS, so more may have been printed here before the failure.
                return error is null ? "accepted" : text.Length == 0 || text.StartsWith(before, StringComparison.Ordinal) ? null : Difference(text, before, tolerance);
            default:
                if (error is not null)
                {
                    return error.Problems.Any(p => p.Definition.IsUnsupported) ? throw error : error.Message.ReplaceLineEndings("; ");
                }

                string expected = Path.Combine(folder, name + (File.Exists(Path.Combine(folder, name + ".numpy")) ? ".numpy" : ".out"));
                return (File.Exists(expected) ? Difference(text, File.ReadAllText(expected), kind == "print" ? 0 : tolerance) : null) ?? Files(folder, name, workspace, tolerance);
        }
    }

    private static void Execute(string folder, string name, JsonObject entry, Workspace workspace, VerifyOptions options, TextWriter output)
    {
        // Scripts of this corpus compute in double, as SystemDS does, whatever precision models are verified in.
        ComputeOptions compute = options.Compute with { Precision = Precision.Double };
        CompiledProgram program = ScriptEngine.Compile(
            File.ReadAllText(Path.Combine(folder, name + ".dml")),
            name + ".dml",
            compute.ForEngine(Arguments(entry["args"] as JsonArray)) with { WorkingDirectory = workspace.Folder });
        using var pool = new BufferPool();
        using var threads = new WorkerPool(compute.ThreadCount);
        using var limit = new CancellationTokenSource(Longest);
        using var context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Pool = pool, Threads = threads, Output = output, WorkingDirectory = workspace.Folder, Cancellation = limit.Token };
        program.Execute(context);
    }

    private static string? Files(string folder, string name, Workspace workspace, double tolerance)
    {
        string expected = Path.Combine(folder, name + ".expected");
        if (!Directory.Exists(expected))
        {
            return null;
        }

        foreach (string file in Directory.EnumerateFiles(expected).Order(StringComparer.Ordinal))
        {
            string ours = Path.Combine(workspace.Folder, name + ".tmp", Path.GetFileName(file));
            if (!File.Exists(ours))
            {
                return $"{Path.GetFileName(file)} was not written";
            }

            string? difference = file.EndsWith(".mtd", StringComparison.Ordinal)
                ? Metadata(File.ReadAllText(ours), File.ReadAllText(file))
                : Difference(File.ReadAllText(ours), File.ReadAllText(file), tolerance);
            if (difference is not null)
            {
                return $"{Path.GetFileName(file)}: {difference}";
            }
        }

        return null;
    }

    private static string? Metadata(string actual, string expected)
    {
        JsonObject ours = JsonNode.Parse(actual)!.AsObject();
        JsonObject reference = JsonNode.Parse(expected)!.AsObject();
        foreach (string changing in (ReadOnlySpan<string>)["author", "created"])
        {
            ours.Remove(changing);
            reference.Remove(changing);
        }

        return JsonNode.DeepEquals(ours, reference) ? null : $"expected {reference.ToJsonString()}, received {ours.ToJsonString()}";
    }

    /// <summary>Where two texts differ: numbers by more than the tolerance (relative above 1), anything else at all; null when they agree.</summary>
    internal static string? Difference(string actual, string expected, double tolerance)
    {
        string[] ours = actual.Split('\n');
        string[] reference = expected.Split('\n');
        for (int i = 0; i < Math.Max(reference.Length, ours.Length); i++)
        {
            string? line = i < reference.Length ? reference[i] : null;
            string? ourLine = i < ours.Length ? ours[i] : null;
            if (line is null || ourLine is null || !Agree(ourLine, line, tolerance))
            {
                return $"line {i + 1}: expected '{line ?? "nothing"}', received '{ourLine ?? "nothing"}'";
            }
        }

        return null;
    }

    private static bool Agree(string actual, string expected, double tolerance)
    {
        if (actual == expected)
        {
            return true;
        }

        if (tolerance == 0 || Number().Replace(actual, "0") != Number().Replace(expected, "0"))
        {
            return false;
        }

        foreach ((Match ours, Match reference) in Number().Matches(actual).Cast<Match>().Zip(Number().Matches(expected).Cast<Match>()))
        {
            double a = double.Parse(ours.ValueSpan, CultureInfo.InvariantCulture);
            double b = double.Parse(reference.ValueSpan, CultureInfo.InvariantCulture);
            if (!(Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(b))))
            {
                return false;
            }
        }

        return true;
    }

    // Lines of arguments as in a shell: k=v pairs or values by position.
    private static Dictionary<string, string> Arguments(JsonArray? lines)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in (lines ?? []).SelectMany(l => Words((string)l!)))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string key = equals > 0 ? part[..equals] : (arguments.Count + 1).ToString(CultureInfo.InvariantCulture);
            arguments[key] = part[(equals + 1)..];
        }

        return arguments;
    }

    private static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        bool isOpen = false;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote == '\0' && c == ' ')
            {
                if (isOpen)
                {
                    yield return word.ToString();
                }

                word.Clear();
                isOpen = false;
            }
            else if (c == quote || (quote == '\0' && c is '"' or '\''))
            {
                quote = quote == '\0' ? c : '\0';
                isOpen = true;
            }
            else
            {
                word.Append(c);
                isOpen = true;
            }
        }

        if (isOpen)
        {
            yield return word.ToString();
        }
    }

    [GeneratedRegex(@"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();

    /// <summary>A folder of its own for a run: relative paths of the script count from it, and the corpus stays as it is.</summary>
    private sealed class Workspace : IDisposable
    {
        public Workspace(string folder, string name)
        {
            Folder = Directory.CreateTempSubdirectory("keras2dml-case-").FullName;
            string data = Path.Combine(folder, name + ".data");
            if (Directory.Exists(data))
            {
                foreach (string file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
                {
                    string copy = Path.Combine(Folder, name + ".data", Path.GetRelativePath(data, file));
                    Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                    File.Copy(file, copy);
                }
            }
        }

        public string Folder { get; }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
