using Keras2Dml.Core.Data;

namespace Keras2Dml.Verification;

/// <summary>A list of cases that are known to differ from their reference, each with its reason: <c>CASE TAB REASON</c> a line, comments after <c>#</c>.</summary>
internal static class KnownDifferences
{
    /// <summary>Reasons by case.</summary>
    /// <exception cref="Keras2DmlException">The file cannot be read.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        string text = InputFile.Read(path, stream => new StreamReader(stream).ReadToEnd());
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#'))
        {
            string[] parts = line.Split('\t', 2);
            reasons[parts[0]] = parts.Length > 1 ? parts[1] : "no reason is given";
        }

        return reasons;
    }
}
