namespace Keras2Dml.Keras.Hdf5;

/// <summary>The heap of variable-length elements.</summary>
internal sealed class HdfGlobalHeap(HdfBytes file, HdfWidths widths)
{
    private readonly Dictionary<ulong, Dictionary<int, ReadOnlyMemory<byte>>> collections = [];

    /// <summary>Fetches the items of variable-length elements; other values are returned as they are.</summary>
    public HdfValue Resolve(HdfValue value)
    {
        if (value.Type.Class != HdfClass.VariableLength)
        {
            return value;
        }

        int stored = 4 + widths.Offset + 4;
        if (value.Type.Size != stored)
        {
            throw file.Damaged($"variable-length elements of {value.Type.Size} bytes");
        }

        var at = new HdfBytes(value.Bytes, file.Where);
        var items = new ReadOnlyMemory<byte>[value.Bytes.Length / stored];
        for (int i = 0; i < items.Length; i++)
        {
            ulong length = (ulong)at.UInt32() * (ulong)Math.Max(1, value.Type.BaseSize);
            ulong address = at.Number(widths.Offset);
            int index = checked((int)Math.Min(int.MaxValue, at.UInt32()));
            items[i] = length == 0 || address is 0 or HdfBytes.Undefined ? ReadOnlyMemory<byte>.Empty : Item(address, index, length);
        }

        return value with { Bytes = default, Items = items };
    }

    private ReadOnlyMemory<byte> Item(ulong address, int index, ulong length)
    {
        if (!collections.TryGetValue(address, out Dictionary<int, ReadOnlyMemory<byte>>? collection))
        {
            collections[address] = collection = Read(address);
        }

        return collection.TryGetValue(index, out ReadOnlyMemory<byte> item) && length <= (ulong)item.Length
            ? item[..(int)length]
            : throw file.Damaged($"item {index} of the heap at {address} is missing");
    }

    private Dictionary<int, ReadOnlyMemory<byte>> Read(ulong address)
    {
        HdfBytes at = file.At(widths.Base + address);
        int start = at.Position;
        at.Expect("GCOL"u8);
        at.Take(4);
        ulong size = at.Number(widths.Length);
        var head = (ulong)(at.Position - start);
        HdfBytes body = size >= head ? at.Part(size - head) : throw file.Damaged("a heap is too small");
        var items = new Dictionary<int, ReadOnlyMemory<byte>>();
        while (body.Remaining >= 8 + widths.Length)
        {
            int index = body.UInt16();
            body.Take(6);
            ulong length = body.Number(widths.Length);
            if (index == 0)
            {
                break;
            }

            items[index] = body.Take(length);
            body.Take(Math.Min((ulong)body.Remaining, (8 - (length & 7)) & 7));
        }

        return items;
    }
}
