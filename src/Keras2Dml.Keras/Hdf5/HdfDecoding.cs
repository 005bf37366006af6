namespace Keras2Dml.Keras.Hdf5;

/// <summary>Decodes datatype and dataspace messages.</summary>
internal static class HdfDecoding
{
    /// <summary>The element type at the position, and the bytes its message takes.</summary>
    public static (HdfType Type, int Length) Type(HdfBytes at)
    {
        int start = at.Position;
        Skip(at, 0);
        int length = at.Position - start;
        var type = new HdfType(at.All.Slice(start, length).ToArray());
        return type.Message.AsSpan(4, 4).ContainsAnyExcept((byte)0) || type.Class == HdfClass.Text
            ? (type, length)
            : throw at.Damaged("elements of 0 bytes");
    }

    /// <summary>Sizes of the axes; null for a scalar.</summary>
    public static IReadOnlyList<long>? Dimensions(HdfBytes at, HdfWidths widths)
    {
        int version = at.Byte();
        int rank = at.Byte();
        at.Byte();
        int kind = at.Byte();
        if (version is < 1 or > 2 || rank > 32)
        {
            throw at.Damaged($"a shape of version {version} with {rank} axes");
        }

        if (version == 2 && kind == 2)
        {
            throw at.Unsupported("a null dataspace");
        }

        at.Take(version == 1 ? 4UL : 0);
        if (rank == 0)
        {
            return null;
        }

        var sizes = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            ulong size = at.Number(widths.Length);
            sizes[i] = size <= long.MaxValue ? (long)size : throw at.Damaged($"an axis of {size}");
        }

        return sizes;
    }

    /// <summary>Number of elements.</summary>
    public static ulong Count(HdfBytes at, IReadOnlyList<long>? dimensions)
    {
        UInt128 count = 1;
        foreach (long size in dimensions ?? [])
        {
            count = size == 0 || count == 0 ? 0 : count * (ulong)size;
            if (count > int.MaxValue)
            {
                throw at.Damaged($"the shape ({string.Join(", ", dimensions!)}) is too large");
            }
        }

        return (ulong)count;
    }

    /// <summary>Bytes that the elements take where they are stored.</summary>
    public static ulong ByteCount(HdfBytes at, HdfType type, IReadOnlyList<long>? dimensions)
    {
        ulong bytes = Count(at, dimensions) * (ulong)type.Size;
        return bytes <= int.MaxValue ? bytes : throw at.Damaged($"the shape ({string.Join(", ", dimensions ?? [])}) of {type} is too large");
    }

    // Moves over one datatype message.
    private static void Skip(HdfBytes at, int depth)
    {
        if (depth > 4)
        {
            throw at.Damaged("an element type is nested too deep");
        }

        byte head = at.Byte();
        int version = head >> 4;
        ReadOnlyMemory<byte> bits = at.Take(3);
        uint size = at.UInt32();
        if (size > int.MaxValue)
        {
            throw at.Damaged($"elements of {size} bytes");
        }

        switch ((HdfClass)(head & 15))
        {
            case HdfClass.Integer or HdfClass.BitField:
                at.Take(4);
                break;
            case HdfClass.Float:
                at.Take(12);
                break;
            case HdfClass.Time:
                at.Take(2);
                break;
            case HdfClass.Text:
                break;
            case HdfClass.Opaque:
                at.Take(bits.Span[0]);
                break;
            case HdfClass.Enumeration:
                SkipEnumeration(at, version, bits.Span[0] | (bits.Span[1] << 8), depth);
                break;
            case HdfClass.VariableLength:
                int start = at.Position;
                Skip(at, depth + 1);
                if ((HdfClass)(at.All.Span[start] & 15) is not (HdfClass.Integer or HdfClass.Float or HdfClass.Text))
                {
                    throw at.Unsupported("lists of lists");
                }

                break;
            default:
                throw at.Unsupported($"elements of class {(HdfClass)(head & 15)}");
        }
    }

    private static void SkipEnumeration(HdfBytes at, int version, int members, int depth)
    {
        int start = at.Position;
        Skip(at, depth + 1);
        int size = new HdfType(at.All.Slice(start, 8).ToArray()).Size;
        for (int i = 0; i < members; i++)
        {
            int name = at.Position;
            at.ZeroTerminated();
            at.Take(version < 3 ? (ulong)(-(at.Position - name) & 7) : 0);
        }

        at.Take((ulong)members * (ulong)size);
    }
}
