using System.Numerics;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>A version 2 B-tree: the records of all its nodes.</summary>
internal sealed class HdfIndex(HdfBytes file, HdfWidths widths)
{
    /// <summary>All records, with their type.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Read(ulong address, out int kind)
    {
        HdfBytes at = file.At(widths.Base + address);
        at.Expect("BTHD"u8);
        at.Take(1);
        kind = at.Byte();
        uint nodeSize = at.UInt32();
        int recordSize = at.UInt16();
        int depth = at.UInt16();
        at.Take(2);
        ulong root = at.Number(widths.Offset);
        int count = at.UInt16();
        if (kind is not (5 or 8) || recordSize == 0 || depth > 16 || nodeSize < 10 + (uint)recordSize)
        {
            throw file.Damaged("the index of a heap makes no sense");
        }

        // Widths of the counters in node pointers follow from what the nodes below can hold.
        var most = new ulong[depth + 1];
        var total = new ulong[depth + 1];
        most[0] = total[0] = (nodeSize - 10) / (ulong)recordSize;
        for (int level = 1; level <= depth; level++)
        {
            ulong pointer = (ulong)(widths.Offset + Bytes(most[0]) + (level > 1 ? Bytes(total[level - 1]) : 0));
            most[level] = (nodeSize - 10 - Math.Min(pointer, nodeSize - 10)) / ((ulong)recordSize + pointer);
            total[level] = ((most[level] + 1) * Math.Min(total[level - 1], uint.MaxValue)) + most[level];
        }

        var records = new List<ReadOnlyMemory<byte>>();
        if (root != HdfBytes.Undefined)
        {
            ReadNode(root, depth, count, recordSize, most, total, [], records);
        }

        return records;
    }

    private static int Bytes(ulong value) => (BitOperations.Log2(Math.Max(1, value)) / 8) + 1;

    private void ReadNode(ulong address, int depth, int count, int recordSize, ulong[] most, ulong[] total, HashSet<ulong> seen, List<ReadOnlyMemory<byte>> records)
    {
        if (!seen.Add(address))
        {
            throw file.Damaged("the index of a heap is no tree");
        }

        HdfBytes at = file.At(widths.Base + address);
        at.Expect(depth == 0 ? "BTLF"u8 : "BTIN"u8);
        at.Take(2);
        for (int i = 0; i < count; i++)
        {
            records.Add(at.Take((ulong)recordSize));
        }

        for (int i = 0; depth > 0 && i <= count; i++)
        {
            ulong child = at.Number(widths.Offset);
            int below = checked((int)Math.Min(int.MaxValue, at.Number(Bytes(most[0]))));
            at.Take(depth > 1 ? (ulong)Bytes(total[depth - 1]) : 0);
            ReadNode(child, depth - 1, below, recordSize, most, total, seen, records);
        }
    }
}
