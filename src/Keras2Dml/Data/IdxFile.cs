using System.Buffers.Binary;
using System.IO.Compression;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Data;

/// <summary>Reads IDX files (the format of MNIST and Fashion-MNIST), plain or gzipped. Source: Y. LeCun, "The MNIST database", format description.</summary>
internal static class IdxFile
{
    private const long LargestBytes = 1L << 31;

    /// <summary>Reads all elements. Unsigned bytes become <see cref="ElementType.Int32"/>.</summary>
    /// <exception cref="Keras2DmlException">The file is no IDX file, is cut, or claims more elements than its bytes can hold.</exception>
    public static Tensor Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        if (read == 2 && magic[0] == 0x1f && magic[1] == 0x8b)
        {
            using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            return Read(unzipped, path, Math.Min(LargestBytes, file.Length * Deflate.LargestRatio));
        }

        return Read(file, path, Math.Min(LargestBytes, file.Length));
    }

    private static Tensor Read(Stream stream, string path, long available)
    {
        try
        {
            Span<byte> word = stackalloc byte[4];
            stream.ReadExactly(word);
            int kind = word[2];
            int rank = word[3];
            if (word[0] != 0 || word[1] != 0 || kind is not (8 or 9 or 11 or 12 or 13 or 14) || rank is < 1 or > 8)
            {
                throw DataErrors.NotIdx.At(path);
            }

            var shape = new int[rank];
            long count = 1;
            for (int i = 0; i < rank; i++)
            {
                stream.ReadExactly(word);
                shape[i] = BinaryPrimitives.ReadInt32BigEndian(word);
                count = shape[i] < 0 || count > available ? long.MaxValue : count * shape[i];
            }

            int size = kind switch { 8 or 9 => 1, 11 => 2, 14 => 8, _ => 4 };
            if (count > available / size)
            {
                throw DataErrors.IdxTooLarge.At(path, string.Join(" x ", shape), available);
            }

            var bytes = new byte[count * size];
            stream.ReadExactly(bytes);
            return Convert(bytes, kind, size, shape);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw DataErrors.IdxCut.At(path);
        }
    }

    private static Tensor Convert(byte[] bytes, int kind, int size, int[] shape)
    {
        int count = bytes.Length / size;
        if (kind == 13)
        {
            return Tensor.From(Array.ConvertAll(Positions(count), i => BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(i * 4))), shape);
        }

        if (kind == 14)
        {
            return Tensor.From(Array.ConvertAll(Positions(count), i => BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(i * 8))), shape);
        }

        var values = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = kind switch
            {
                8 => bytes[i],
                9 => (sbyte)bytes[i],
                11 => BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(i * 2)),
                _ => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(i * 4)),
            };
        }

        return Tensor.From(values, shape);
    }

    private static int[] Positions(int count) => [.. Enumerable.Range(0, count)];
}
