using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Writing;

/// <summary>The library files that a script sources, with the namespace of each.</summary>
internal sealed class SourceTable
{
    private readonly SortedDictionary<string, string> aliases = new(StringComparer.Ordinal);
    private readonly ScriptNames names = new([]);

    /// <summary>Qualified name of a function: sources the file on first use.</summary>
    /// <param name="file">File in the library without root and ending: <c>layers/dense</c>.</param>
    /// <param name="function">Function of the file.</param>
    public string Function(string file, string function)
    {
        if (!aliases.TryGetValue(file, out string? alias))
        {
            alias = names.Take(file[(file.LastIndexOf('/') + 1)..]);
            aliases.Add(file, alias);
        }

        return alias + "::" + function;
    }

    /// <summary>The <c>source</c> lines, by file.</summary>
    public IEnumerable<string> Lines => aliases.Select(a => $"source(\"keras2dml/{a.Key}.dml\") as {a.Value}");
}
