using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Semantics.Checking;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>A script with all files that it sources, and its <c>$</c> arguments.</summary>
internal sealed record LoadedScript(SourceUnit Main, IReadOnlyList<SourceUnit> Units, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>The value of a <c>$</c> argument; null when it is missing or empty.</summary>
    public Scalar? Argument(string name) => Arguments.TryGetValue(name, out string? text) && text.Length > 0 ? Parse(text) : null;

    // Exact TRUE/FALSE, then a long, then a double, otherwise text without outer quotes.
    private static Scalar Parse(string text)
    {
        if (text is "TRUE" or "FALSE")
        {
            return Scalar.Of(text == "TRUE");
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
        {
            return Scalar.Of(integer);
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && (char.IsDigit(text[^1]) || text[^1] == '.'))
        {
            return Scalar.Of(number);
        }

        return Scalar.Of(text.Length >= 2 && text[0] == text[^1] && text[0] is '"' or '\'' ? text[1..^1] : text);
    }
}

/// <summary>Loads a script and everything it sources.</summary>
internal sealed class ScriptLoader(Func<string, string?> findSource, Func<string, string, bool> isLibraryFile, string workingDirectory, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, SourceUnit> units = new(StringComparer.Ordinal);

    public LoadedScript Load(string path, string text, IReadOnlyDictionary<string, string> arguments)
    {
        SourceUnit main = Read(path, text, string.Empty);
        return new LoadedScript(main, [.. units.Values], arguments);
    }

    private SourceUnit Read(string path, string text, string folder)
    {
        ScriptFile file = Parser.Parse(path, text, diagnostics);
        var unit = new SourceUnit(file, isLibraryFile(path, text) ? LibraryPath(path) : null);
        units[path] = unit;
        foreach (FunctionDeclaration function in file.Functions)
        {
            if (!unit.Functions.TryAdd(function.Name, new UserFunction(unit, function)))
            {
                diagnostics.Report(DmlErrors.FunctionTwice, function.Span, function.Name);
            }
        }

        foreach (Statement statement in file.Statements)
        {
            if (statement is SetWorkingDirectoryStatement set)
            {
                folder = set.Path;
            }
            else if (statement is SourceStatement source)
            {
                Source(unit, source, folder);
            }
        }

        foreach (string name in Calls.In(file.Statements).Concat(file.Functions.SelectMany(f => Calls.In(f.Body))).Where(c => c.Namespace is null).Select(c => c.Name).Distinct(StringComparer.Ordinal))
        {
            if (!unit.Functions.ContainsKey(name) && BuiltinSignatures.IsScriptLevel(name) && !Plan.Builtins.IsKnown(name) && ScriptBuiltin(name) is { } function)
            {
                unit.ScriptBuiltins[name] = function;
            }
        }

        return unit;
    }

    private UserFunction? ScriptBuiltin(string name)
    {
        string path = $"keras2dml/builtin/{name}.dml";
        if (!units.TryGetValue(path, out SourceUnit? source) && findSource(path) is { } text)
        {
            source = Read(path, text, string.Empty);
        }

        return source?.Functions.GetValueOrDefault(name);
    }

    private void Source(SourceUnit unit, SourceStatement source, string folder)
    {
        string path = folder.Length == 0 ? source.Path : folder.TrimEnd('/') + "/" + source.Path;
        if (!units.TryGetValue(path, out SourceUnit? sourced))
        {
            string? text = findSource(path) ?? FromFile(path) ?? FromFile("scripts/" + path);
            if (text is null)
            {
                diagnostics.Report(DmlErrors.SourceMissing, source.Span, path);
                return;
            }

            sourced = Read(path, text, string.Empty);
        }

        if (unit.Namespaces.TryGetValue(source.Namespace, out SourceUnit? other) && other != sourced)
        {
            diagnostics.Report(DmlErrors.NamespaceTwice, source.Span, source.Namespace, other.File.Path);
            return;
        }

        unit.Namespaces[source.Namespace] = sourced;
    }

    private string? FromFile(string path)
    {
        string full = Path.Combine(workingDirectory, path);
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }

    private static string LibraryPath(string path)
    {
        string normal = path.Replace('\\', '/');
        return normal[normal.LastIndexOf("keras2dml/", StringComparison.Ordinal)..];
    }
}
