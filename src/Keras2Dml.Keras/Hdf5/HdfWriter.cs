using System.Text;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Writes a tree as an HDF5 file in the oldest and most widely read form (superblock 0, symbol tables, contiguous elements), as h5py does by default.</summary>
internal sealed class HdfWriter
{
    // Capacity of symbol nodes and index nodes: 2 * 4 symbols, 2 * 16 children (HDF5's defaults).
    private const int LeafHalf = 4;
    private const int NodeHalf = 16;
    private const int SuperblockSize = 96;
    private readonly Stream stream;
    private readonly HdfHeapWriter heap;
    private readonly Dictionary<HdfObject, ulong> written = new(ReferenceEqualityComparer.Instance);
    private ulong end = SuperblockSize;

    private HdfWriter(Stream stream)
    {
        this.stream = stream;
        heap = new HdfHeapWriter(Reserve, WriteAt);
    }

    /// <summary>Writes the file to a seekable stream, replacing what is there.</summary>
    public static void Write(Stream stream, HdfGroup root)
    {
        var writer = new HdfWriter(stream);
        (ulong header, ulong tree, ulong names) = writer.WriteGroup(root);
        writer.heap.Flush();
        stream.SetLength((long)writer.end);
        writer.WriteAt(0, writer.Superblock(header, tree, names));
        stream.Position = stream.Length;
    }

    private byte[] Superblock(ulong header, ulong tree, ulong names)
    {
        var block = new HdfBlock();
        block.Bytes([0x89, .. "HDF\r\n\x1a\n"u8, 0, 0, 0, 0, 0, 8, 8, 0]);
        block.UInt16(LeafHalf).UInt16(NodeHalf).UInt32(0);
        block.UInt64(0).UInt64(HdfBytes.Undefined).UInt64(end).UInt64(HdfBytes.Undefined);
        // Entry of the root group with its index and names cached.
        block.UInt64(0).UInt64(header).UInt32(1).UInt32(0).UInt64(tree).UInt64(names);
        return block.ToArray();
    }

    private ulong Append(ReadOnlySpan<byte> bytes)
    {
        ulong address = Reserve(bytes.Length);
        WriteAt(address, bytes);
        return address;
    }

    private ulong Reserve(int size)
    {
        ulong address = end;
        end += (ulong)((size + 7) & ~7);
        return address;
    }

    private void WriteAt(ulong address, ReadOnlySpan<byte> bytes)
    {
        stream.Position = (long)address;
        stream.Write(bytes);
    }

    private ulong WriteObject(HdfObject item)
    {
        if (!written.TryGetValue(item, out ulong address))
        {
            written[item] = address = item is HdfGroup group ? WriteGroup(group).Header : WriteDataset((HdfDataset)item);
        }

        return address;
    }

    private (ulong Header, ulong Tree, ulong Names) WriteGroup(HdfGroup group)
    {
        var names = new HdfBlock().UInt64(0);
        var symbols = new List<(ulong Name, ulong Address)>();
        foreach ((string name, HdfObject child) in group.Children.OrderBy(c => c.Key, Utf8Order.Instance))
        {
            ulong address = WriteObject(child);
            symbols.Add(((ulong)names.Length, address));
            names.Bytes(Encoding.UTF8.GetBytes(name)).Byte(0).Align8();
        }

        ulong nameData = Append(names.ToArray());
        var localHeap = new HdfBlock().Bytes("HEAP"u8).UInt32(0).UInt64((ulong)names.Length).UInt64(1).UInt64(nameData);
        ulong nameHeap = Append(localHeap.ToArray());
        ulong tree = WriteTree(symbols);
        var header = new HdfHeaderWriter();
        header.Message(HdfMessageType.SymbolTable, new HdfBlock().UInt64(tree).UInt64(nameHeap).ToArray());
        WriteAttributes(header, group);
        return (Append(header.ToArray()), tree, nameHeap);
    }

    // Symbol nodes, then index nodes over them until one is left. A node's keys are the last names of its children; the first key is the empty name.
    private ulong WriteTree(List<(ulong Name, ulong Address)> symbols)
    {
        var level = new List<(ulong Last, ulong Address)>();
        foreach ((ulong Name, ulong Address)[] chunk in symbols.Chunk(2 * LeafHalf))
        {
            var node = new HdfBlock().Bytes("SNOD"u8).Byte(1).Byte(0).UInt16(chunk.Length);
            foreach ((ulong name, ulong address) in chunk)
            {
                node.UInt64(name).UInt64(address).UInt32(0).UInt32(0).UInt64(0).UInt64(0);
            }

            level.Add((chunk[^1].Name, Append(node.PadTo(8 + (2 * LeafHalf * 40)).ToArray())));
        }

        int height = 0;
        do
        {
            level = WriteLevel(level, height++);
        }
        while (level.Count > 1);
        return level[0].Address;
    }

    private List<(ulong Last, ulong Address)> WriteLevel(List<(ulong Last, ulong Address)> children, int height)
    {
        const int NodeSize = 24 + (2 * NodeHalf * 8) + (((2 * NodeHalf) + 1) * 8);
        var nodes = new List<(ulong, ulong)>();
        (ulong Last, ulong Address)[][] chunks = children.Count == 0 ? [[]] : [.. children.Chunk(2 * NodeHalf)];
        ulong first = end;
        ulong before = 0;
        for (int i = 0; i < chunks.Length; i++)
        {
            ulong left = i == 0 ? HdfBytes.Undefined : first + ((ulong)(i - 1) * NodeSize);
            ulong right = i == chunks.Length - 1 ? HdfBytes.Undefined : first + ((ulong)(i + 1) * NodeSize);
            var node = new HdfBlock().Bytes("TREE"u8).Byte(0).Byte((byte)height).UInt16(chunks[i].Length).UInt64(left).UInt64(right).UInt64(before);
            foreach ((ulong last, ulong address) in chunks[i])
            {
                node.UInt64(address).UInt64(last);
                before = last;
            }

            nodes.Add((before, Append(node.PadTo(NodeSize).ToArray())));
        }

        return nodes;
    }

    private ulong WriteDataset(HdfDataset dataset)
    {
        HdfValue value = dataset.Value;
        ReadOnlyMemory<byte> bytes = Stored(value);
        ulong address = bytes.Length == 0 ? HdfBytes.Undefined : Append(bytes.Span);
        var header = new HdfHeaderWriter();
        header.Message(HdfMessageType.Dataspace, HdfEncoding.Dataspace(value.Dimensions));
        header.Message(HdfMessageType.Datatype, value.Type.Message, constant: true);
        // Version 2, allocated late, written if set, default value of size 0.
        header.Message(HdfMessageType.FillValue, [2, 2, 2, 1, 0, 0, 0, 0]);
        header.Message(HdfMessageType.Layout, new HdfBlock().Byte(3).Byte(1).UInt64(address).UInt64((ulong)bytes.Length).ToArray());
        WriteAttributes(header, dataset);
        return Append(header.ToArray());
    }

    private void WriteAttributes(HdfHeaderWriter header, HdfObject item)
    {
        foreach ((string name, HdfValue value) in item.Attributes)
        {
            header.Message(HdfMessageType.Attribute, HdfEncoding.Attribute(name, value, Stored(value).Span));
        }
    }

    private ReadOnlyMemory<byte> Stored(HdfValue value)
    {
        if (value.Items is null)
        {
            return value.Bytes;
        }

        var block = new HdfBlock();
        foreach (ReadOnlyMemory<byte> item in value.Items)
        {
            (ulong address, uint index) = item.Length == 0 ? (0, 0) : heap.Add(item.Span);
            block.UInt32((uint)(item.Length / Math.Max(1, value.Type.BaseSize))).UInt64(address).UInt32(index);
        }

        return block.ToArray();
    }

    /// <summary>Order of names by their UTF-8 bytes, which the index of a group must have.</summary>
    private sealed class Utf8Order : IComparer<string>
    {
        public static Utf8Order Instance { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
    }
}
