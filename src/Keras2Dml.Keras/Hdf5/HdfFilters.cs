using System.IO.Compression;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>The filters of a chunked dataset, undone in reverse order: deflate, shuffle, checksum.</summary>
internal sealed class HdfFilters(IReadOnlyList<int> identifiers)
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Checksum = 3;

    /// <summary>Reads the filter pipeline message; no message means no filters.</summary>
    public static HdfFilters Read(HdfBytes? at)
    {
        if (at is null)
        {
            return new HdfFilters([]);
        }

        int version = at.Byte();
        int count = at.Byte();
        at.Take(version == 1 ? 6UL : 0);
        var identifiers = new List<int>();
        for (int i = 0; i < count; i++)
        {
            int identifier = at.UInt16();
            int name = version == 1 || identifier >= 256 ? at.UInt16() : 0;
            at.UInt16();
            int values = at.UInt16();
            at.Take((ulong)(version == 1 ? (name + 7) / 8 * 8 : name));
            at.Take(4 * (ulong)(version == 1 ? (values + 1) / 2 * 2 : values));
            identifiers.Add(identifier is Deflate or Shuffle or Checksum ? identifier : throw at.Unsupported($"filter {identifier}"));
        }

        return new HdfFilters(identifiers);
    }

    /// <summary>The elements of a chunk.</summary>
    /// <param name="file">For errors.</param>
    /// <param name="stored">The stored bytes.</param>
    /// <param name="mask">A bit for every filter that was left out.</param>
    /// <param name="size">Bytes of the chunk.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    public ReadOnlyMemory<byte> Decode(HdfBytes file, ReadOnlyMemory<byte> stored, uint mask, int size, int elementSize)
    {
        ReadOnlyMemory<byte> bytes = stored;
        for (int i = identifiers.Count - 1; i >= 0; i--)
        {
            if (((mask >> i) & 1) == 0)
            {
                bytes = identifiers[i] switch
                {
                    Deflate => Inflate(file, bytes, size),
                    Shuffle => Unshuffle(bytes.Span, elementSize),
                    _ => bytes.Length >= 4 ? bytes[..^4] : throw file.Damaged("a chunk is too small"),
                };
            }
        }

        return bytes.Length >= size ? bytes[..size] : throw file.Damaged($"a chunk of {bytes.Length} bytes, {size} are expected");
    }

    private static byte[] Inflate(HdfBytes file, ReadOnlyMemory<byte> bytes, int size)
    {
        // A checksum of 4 bytes may follow the elements.
        byte[] result = new byte[size + 4];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
            int got = stream.ReadAtLeast(result, result.Length, throwOnEndOfStream: false);
            return result[..got];
        }
        catch (InvalidDataException error)
        {
            throw file.Damaged(error.Message);
        }
    }

    private static byte[] Unshuffle(ReadOnlySpan<byte> bytes, int elementSize)
    {
        byte[] result = bytes.ToArray();
        int count = bytes.Length / elementSize;
        for (int part = 0; part < elementSize; part++)
        {
            for (int i = 0; i < count; i++)
            {
                result[(i * elementSize) + part] = bytes[(part * count) + i];
            }
        }

        return result;
    }
}
