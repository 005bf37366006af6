using System.IO.Compression;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>A zip archive read with limits: nothing is allocated on the word of a header alone, members never become paths on disk, and damage is a catalogue error.</summary>
internal sealed class SafeZip : IDisposable
{
    private const int MostMembers = 1 << 20;

    private readonly Stream stream;
    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> members = new(StringComparer.Ordinal);

    private SafeZip(Stream stream, string where)
    {
        Where = where;
        this.stream = stream;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false);
            if (archive.Entries.Count > MostMembers)
            {
                throw DataErrors.TooLarge.At(where, "The archive", $"{archive.Entries.Count} members", MostMembers);
            }

            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                members.TryAdd(entry.FullName, entry);
            }
        }
        catch (Exception error) when (IsDamage(error))
        {
            stream.Dispose();
            throw DataErrors.NotZip.At(where, error.Message);
        }
    }

    /// <summary>Name of the archive for errors.</summary>
    public string Where { get; }

    /// <summary>Names of the members in their order.</summary>
    public IReadOnlyCollection<string> Names => members.Keys;

    /// <summary>True when the bytes begin like a zip archive (also an empty one).</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    /// <summary>Opens a file.</summary>
    public static SafeZip Open(string path)
    {
        FileStream file = InputFile.Open(path);
        if (file.Length == 0)
        {
            file.Dispose();
            throw DataErrors.Empty.At(path);
        }

        return new SafeZip(file, path);
    }

    /// <summary>Reads an archive held in memory.</summary>
    public static SafeZip FromBytes(byte[] bytes, string where) => new(new MemoryStream(bytes, writable: false), where);

    public bool Contains(string name) => members.ContainsKey(name);

    /// <summary>Bytes that a member can have at most, judged by its header and by what its compressed bytes can hold.</summary>
    public long LengthLimit(string name)
    {
        ZipArchiveEntry entry = Member(name);
        return Math.Min(entry.Length, Math.Min(entry.CompressedLength, stream.Length) * Deflate.LargestRatio);
    }

    /// <summary>Reads a member whole.</summary>
    /// <param name="name">The member.</param>
    /// <param name="limit">Most bytes that are acceptable.</param>
    public byte[] ReadBytes(string name, long limit)
    {
        ZipArchiveEntry entry = Member(name);
        if (entry.Length > limit)
        {
            throw DataErrors.TooLarge.At(Where, name, $"{entry.Length} bytes", $"{limit} bytes");
        }

        return Read(name, member =>
        {
            byte[] bytes = new byte[LengthLimit(name)];
            int got = member.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return got == entry.Length && member.ReadByte() < 0 && Crc32.Of(bytes) == entry.Crc32
                ? bytes
                : throw DataErrors.NotZip.At(Where, $"{name} should have {entry.Length} bytes and has {got}, or its checksum is wrong.");
        });
    }

    /// <summary>Hands a member's stream to a function.</summary>
    public T Read<T>(string name, Func<Stream, T> read)
    {
        ZipArchiveEntry entry = Member(name);
        try
        {
            using Stream member = entry.Open();
            return read(member);
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw DataErrors.NotZip.At(Where, $"{name}: {error.Message}");
        }
    }

    public void Dispose() => archive.Dispose();

    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException;

    private ZipArchiveEntry Member(string name) => members.TryGetValue(name, out ZipArchiveEntry? entry)
        ? entry
        : throw DataErrors.NoMember.At(Where, name, members.Count == 0 ? "nothing" : string.Join(", ", members.Keys.Take(20)));
}
