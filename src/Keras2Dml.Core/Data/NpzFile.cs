using System.IO.Compression;

namespace Keras2Dml.Core.Data;

/// <summary>A .npz archive: named arrays, read one by one.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Ending = ".npy";
    private readonly SafeZip zip;

    private NpzFile(SafeZip zip)
    {
        this.zip = zip;
        Names = [.. zip.Names.Where(n => n.EndsWith(Ending, StringComparison.Ordinal)).Select(n => n[..^Ending.Length])];
    }

    /// <summary>Names of the arrays in the archive's order.</summary>
    public IReadOnlyList<string> Names { get; }

    public static NpzFile Open(string path) => new(SafeZip.Open(path));

    /// <summary>An archive held in memory.</summary>
    public static NpzFile FromBytes(byte[] bytes, string where) => new(SafeZip.FromBytes(bytes, where));

    /// <summary>Reads every array of a file.</summary>
    public static IReadOnlyDictionary<string, Tensor> ReadAll(string path)
    {
        using NpzFile file = Open(path);
        return file.Names.ToDictionary(n => n, file.Read, StringComparer.Ordinal);
    }

    /// <summary>Writes named arrays, compressed, whole or not at all.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> arrays) => AtomicFile.Write(path, stream => Write(stream, arrays));

    /// <summary>Writes named arrays to a stream.</summary>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> arrays)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, Tensor tensor) in arrays)
        {
            ZipArchiveEntry entry = archive.CreateEntry(name + Ending, CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream member = entry.Open();
            NpyFile.Write(member, tensor);
        }
    }

    public bool Contains(string name) => zip.Contains(name + Ending);

    /// <summary>Reads an array.</summary>
    public Tensor Read(string name) =>
        zip.Read(name + Ending, stream => NpyFile.Read(stream, $"{zip.Where}: {name}", zip.LengthLimit(name + Ending)));

    public void Dispose() => zip.Dispose();
}
