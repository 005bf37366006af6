using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Keras2Dml.Verification;

/// <summary>The cases of one part of a golden corpus: an <c>index.jsonl</c> with an object per line.</summary>
/// <param name="Part">Name for reports: the folder, with its parent for parts of parts (<c>training/losses</c>).</param>
/// <param name="Folder">The folder of the index.</param>
/// <param name="Entries">The objects that match.</param>
internal sealed record CaseIndex(string Part, string Folder, IReadOnlyList<JsonObject> Entries)
{
    private const string FileName = "index.jsonl";
    private static readonly HashSet<string> Containers = new(StringComparer.Ordinal) { "training", "models", "caffe" };

    /// <summary>The parts under or around a path: the folder itself, folders below, or the class folder of a part above.</summary>
    public static IEnumerable<CaseIndex> Find(string path, string pattern)
    {
        string full = Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar);
        if (File.Exists(Path.Combine(full, FileName)))
        {
            yield return Read(full, e => Matches(e, pattern));
            yield break;
        }

        string? parent = Path.GetDirectoryName(full);
        if (parent is not null && File.Exists(Path.Combine(parent, FileName)))
        {
            string folder = Path.GetFileName(full);
            yield return Read(parent, e => Matches(e, pattern) && ((string?)e["folder"] ?? (string?)e["group"] ?? (string?)e["layer"]) == folder);
            yield break;
        }

        foreach (string index in Directory.EnumerateFiles(full, FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            yield return Read(Path.GetDirectoryName(index)!, e => Matches(e, pattern));
        }
    }

    private static CaseIndex Read(string folder, Func<JsonObject, bool> wanted)
    {
        string name = Path.GetFileName(folder);
        string parent = Path.GetFileName(Path.GetDirectoryName(folder)) ?? string.Empty;
        string part = Containers.Contains(parent) ? $"{parent}/{name}" : name;
        JsonObject[] entries = [.. File.ReadLines(Path.Combine(folder, FileName)).Where(l => l.Length > 0).Select(l => JsonNode.Parse(l)!.AsObject()).Where(wanted)];
        return new CaseIndex(part, folder, entries);
    }

    private static bool Matches(JsonObject entry, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, (string)entry["case"]!);
}
