namespace Keras2Dml.Keras.Hdf5;

/// <summary>Puts variable-length elements into heap collections: space for a collection is reserved when its first element comes, its bytes are written when it is full.</summary>
/// <param name="reserve">Reserves bytes at the end of the file and returns their address.</param>
/// <param name="write">Writes bytes at an address.</param>
internal sealed class HdfHeapWriter(Func<int, ulong> reserve, HdfHeapWriter.Writer write)
{
    private const int CollectionSize = 4096;
    private const int HeadSize = 16;
    private const int MostItems = 60_000;
    private HdfBlock block = new();
    private ulong address;
    private int size;
    private int items;

    /// <summary>Writes bytes at an address.</summary>
    public delegate void Writer(ulong address, ReadOnlySpan<byte> bytes);

    /// <summary>Adds an element; returns the address of its collection and its index there.</summary>
    public (ulong Address, uint Index) Add(ReadOnlySpan<byte> item)
    {
        int needed = HeadSize + ((item.Length + 7) & ~7);
        if (items == 0 || items == MostItems || block.Length + needed > size)
        {
            Flush();
            size = Math.Max(CollectionSize, HeadSize + needed);
            address = reserve(size);
            block = new HdfBlock().Bytes("GCOL"u8).UInt32(1).UInt64((ulong)size);
        }

        items++;
        block.UInt16(items).UInt16(1).UInt32(0).UInt64((ulong)item.Length).Bytes(item).Align8();
        return (address, (uint)items);
    }

    /// <summary>Writes the collection in work.</summary>
    public void Flush()
    {
        if (items == 0)
        {
            return;
        }

        int free = size - block.Length;
        if (free >= HeadSize)
        {
            // Item 0 is the free space, its own head included.
            block.UInt16(0).UInt16(0).UInt32(0).UInt64((ulong)free);
        }

        write(address, block.PadTo(size).ToArray());
        items = 0;
    }
}
