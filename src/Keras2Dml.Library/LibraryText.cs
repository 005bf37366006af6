using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Keras2Dml.Library;

/// <summary>The DML library <c>keras2dml/</c> as embedded text, with the hash of each file.</summary>
internal static class LibraryText
{
    private static readonly FrozenDictionary<string, string> Files = Load();

    private static readonly FrozenDictionary<string, string> Hashes = Files.ToFrozenDictionary(f => f.Key, f => HashOf(f.Value));

    /// <summary>Paths of all files, for example <c>keras2dml/layers/dense.dml</c>.</summary>
    public static IEnumerable<string> Paths => Files.Keys.Order(StringComparer.Ordinal);

    /// <summary>Text of a file, or null when there is none of that path.</summary>
    public static string? Find(string path) => Files.GetValueOrDefault(path);

    /// <summary>Hash of the embedded file of that path, or null.</summary>
    public static string? FindHash(string path) => Hashes.GetValueOrDefault(path);

    /// <summary>The hash that identifies a library file wherever it lies: SHA-256 of its text with line feeds, in hexadecimal.</summary>
    public static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))));

    private static FrozenDictionary<string, string> Load()
    {
        var assembly = typeof(LibraryText).Assembly;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            files[name.Replace('\\', '/')] = reader.ReadToEnd();
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
