using Keras2Dml.Core.Data;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Reads the elements of a dataset: compact, contiguous, or in chunks with filters.</summary>
internal sealed class HdfStorage(HdfBytes file, HdfWidths widths, IReadOnlyList<HdfMessage> messages, HdfType type, IReadOnlyList<long>? dimensions)
{
    // Elements that no block holds are filled in; beyond this a claimed shape is taken for damage.
    private const ulong MostFilled = 1 << 26;

    /// <summary>All elements in row-major order.</summary>
    public ReadOnlyMemory<byte> Read()
    {
        ulong size = HdfDecoding.ByteCount(file, type, dimensions);
        HdfBytes at = Body(HdfMessageType.Layout)!;
        int version = at.Byte();
        return version switch
        {
            1 or 2 => ReadOld(at, size),
            3 or 4 => ReadNew(at, version, size),
            _ => throw file.Damaged($"a layout of version {version}"),
        };
    }

    private ReadOnlyMemory<byte> ReadOld(HdfBytes at, ulong size)
    {
        int rank = at.Byte();
        int kind = at.Byte();
        at.Take(5);
        switch (kind)
        {
            case 0:
                at.Take(4 * (ulong)rank);
                return Exactly(at.Take(at.UInt32()), size);
            case 1:
                return Contiguous(at.Number(widths.Offset), size);
            case 2:
                return Chunked(at.Number(widths.Offset), ChunkSizes(at, rank, 4), size);
            default:
                throw file.Damaged($"a layout of class {kind}");
        }
    }

    private ReadOnlyMemory<byte> ReadNew(HdfBytes at, int version, ulong size)
    {
        int kind = at.Byte();
        switch (kind)
        {
            case 0:
                return Exactly(at.Take((ulong)at.UInt16()), size);
            case 1:
                return Contiguous(at.Number(widths.Offset), size);
            case 2 when version == 3:
                int rank = at.Byte();
                return Chunked(at.Number(widths.Offset), ChunkSizes(at, rank, 4), size);
            case 2:
                throw file.Unsupported("the chunk index of libver='latest'");
            default:
                throw file.Unsupported("virtual datasets");
        }
    }

    private static long[] ChunkSizes(HdfBytes at, int rank, int width) => [.. Enumerable.Range(0, rank).Select(_ => (long)at.Number(width))];

    private ReadOnlyMemory<byte> Exactly(ReadOnlyMemory<byte> bytes, ulong size) =>
        (ulong)bytes.Length >= size ? bytes[..(int)size] : throw file.Damaged($"{size} bytes of elements are expected, {bytes.Length} are there");

    private ReadOnlyMemory<byte> Contiguous(ulong address, ulong size) =>
        size == 0 ? default : address == HdfBytes.Undefined ? Filled(size) : file.At(widths.Base + address).Take(size);

    private byte[] Filled(ulong size)
    {
        if (size > Math.Max(MostFilled, (ulong)file.All.Length * Deflate.LargestRatio))
        {
            throw file.Damaged($"{size} bytes of elements are expected, the file has {file.All.Length}");
        }

        byte[] result = new byte[size];
        ReadOnlySpan<byte> fill = FillValue();
        for (int i = 0; fill.Length == type.Size && fill.ContainsAnyExcept((byte)0) && i < result.Length; i += fill.Length)
        {
            fill.CopyTo(result.AsSpan(i));
        }

        return result;
    }

    private ReadOnlySpan<byte> FillValue()
    {
        HdfBytes? at = Body(HdfMessageType.FillValue);
        if (at is null)
        {
            return default;
        }

        int version = at.Byte();
        bool has = version switch
        {
            1 => at.Take(3).Length == 3,
            2 => at.Take(3).Span[2] == 1,
            _ => (at.Byte() & 0x20) != 0,
        };
        return has ? at.Take(at.UInt32()).Span : default;
    }

    // chunk: sizes of a chunk's axes, then the element size.
    private byte[] Chunked(ulong index, long[] chunk, ulong size)
    {
        int rank = dimensions?.Count ?? 0;
        if (chunk.Length != rank + 1 || chunk[rank] != type.Size || Array.Exists(chunk, c => c <= 0))
        {
            throw file.Damaged($"chunks of ({string.Join(", ", chunk)})");
        }

        UInt128 chunkBytes = 1;
        foreach (long axis in chunk)
        {
            chunkBytes *= (ulong)axis;
        }

        if (chunkBytes > int.MaxValue || (ulong)chunkBytes > Math.Max(MostFilled, (ulong)file.All.Length * Deflate.LargestRatio))
        {
            throw file.Damaged($"chunks of ({string.Join(", ", chunk)}) are too large");
        }

        byte[] result = Filled(size);
        if (index != HdfBytes.Undefined && size > 0)
        {
            var filters = HdfFilters.Read(Body(HdfMessageType.Filters));
            ReadChunks(index, int.MaxValue, [], chunk, (int)chunkBytes, filters, result);
        }

        return result;
    }

    private void ReadChunks(ulong address, int above, HashSet<ulong> seen, long[] chunk, int chunkBytes, HdfFilters filters, byte[] result)
    {
        (HdfBytes at, int level, int entries) = HdfTree.Enter(file, widths, address, kind: 1, above, seen);

        for (int i = 0; i < entries; i++)
        {
            uint stored = at.UInt32();
            uint mask = at.UInt32();
            var offset = new long[chunk.Length];
            for (int axis = 0; axis < offset.Length; axis++)
            {
                offset[axis] = (long)Math.Min(long.MaxValue, at.UInt64());
            }

            ulong child = at.Number(widths.Offset);
            if (level > 0)
            {
                ReadChunks(child, level, seen, chunk, chunkBytes, filters, result);
                continue;
            }

            ReadOnlyMemory<byte> bytes = filters.Decode(file, file.At(widths.Base + child).Take(stored), mask, chunkBytes, type.Size);
            Place(bytes.Span, offset, chunk, result);
        }
    }

    // Copies the rows of a chunk that lie inside the shape.
    private void Place(ReadOnlySpan<byte> bytes, long[] offset, long[] chunk, byte[] result)
    {
        int rank = chunk.Length - 1;
        if (rank == 0)
        {
            bytes[..result.Length].CopyTo(result);
            return;
        }

        long inner = Math.Min(chunk[rank - 1], dimensions![rank - 1] - offset[rank - 1]);
        var index = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            if (offset[i] >= dimensions[i])
            {
                return;
            }
        }

        long rows = 1;
        for (int i = 0; i < rank - 1; i++)
        {
            rows *= chunk[i];
        }

        for (long row = 0; row < rows; row++)
        {
            long target = 0;
            bool inside = true;
            for (int axis = 0; axis < rank; axis++)
            {
                long position = offset[axis] + index[axis];
                inside &= position < dimensions[axis];
                target = (target * dimensions[axis]) + position;
            }

            if (inside)
            {
                int length = checked((int)(inner * type.Size));
                bytes.Slice(checked((int)(row * chunk[rank - 1] * type.Size)), length).CopyTo(result.AsSpan(checked((int)(target * type.Size))));
            }

            for (int axis = rank - 2; axis >= 0 && ++index[axis] == chunk[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }

    private HdfBytes? Body(HdfMessageType wanted)
    {
        foreach (HdfMessage message in messages)
        {
            if (message.Type == wanted)
            {
                return message.Shared ? throw file.Unsupported("shared messages") : new HdfBytes(message.Body, file.Where);
            }
        }

        return null;
    }
}
