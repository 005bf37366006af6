using System.IO.Compression;

namespace Keras2Dml.Keras.Tests;

/// <summary>Finds the golden cases that lie beside the tests.</summary>
internal static class Golden
{
    /// <summary>Paths of golden files, relative to the root.</summary>
    public static IReadOnlyList<string> Files(params string[] endings) =>
    [
        .. new[] { "layers", "models/keras3", "models/keras2", "models/real", "training" }
            .Select(f => Checkout.Golden(f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Select(f => Path.GetRelativePath(Checkout.Golden(), f)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The HDF5 bytes of a <c>.h5</c> file, or of the weights in a <c>.keras</c> file; null when it has none.</summary>
    public static byte[]? HdfBytes(string relative)
    {
        byte[] bytes = File.ReadAllBytes(Checkout.Golden(relative));
        if (bytes[0] == 0x89)
        {
            return bytes;
        }

        using var zip = new ZipArchive(new MemoryStream(bytes));
        if (zip.GetEntry("model.weights.h5") is not { } entry)
        {
            return null;
        }

        var result = new MemoryStream();
        using Stream member = entry.Open();
        member.CopyTo(result);
        return result.ToArray();
    }
}
