using System.Numerics;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>A fractal heap: where newer files keep many or large links and attributes. Objects are found through a version 2 B-tree.</summary>
internal sealed class HdfFractalHeap
{
    private readonly HdfBytes file;
    private readonly HdfWidths widths;
    private readonly int identifierLength;
    private readonly int tableWidth;
    private readonly ulong startingBlock;
    private readonly ulong largestDirect;
    private readonly int offsetBytes;
    private readonly int lengthBytes;
    private readonly ulong root;
    private readonly int rootRows;

    public HdfFractalHeap(HdfBytes file, HdfWidths widths, ulong address)
    {
        this.file = file;
        this.widths = widths;
        HdfBytes at = file.At(widths.Base + address);
        at.Expect("FRHP"u8);
        at.Take(1);
        identifierLength = at.UInt16();
        int filters = at.UInt16();
        at.Take(1);
        uint largestManaged = at.UInt32();
        at.Take((ulong)((10 * widths.Length) + (2 * widths.Offset)));
        tableWidth = at.UInt16();
        startingBlock = at.Number(widths.Length);
        largestDirect = at.Number(widths.Length);
        int heapBits = at.UInt16();
        at.UInt16();
        root = at.Number(widths.Offset);
        rootRows = at.UInt16();
        if (filters != 0)
        {
            throw file.Unsupported("compressed heaps");
        }

        if (tableWidth == 0 || startingBlock == 0 || !BitOperations.IsPow2(startingBlock) || !BitOperations.IsPow2(largestDirect) || heapBits > 64 || identifierLength is < 3 or > 64)
        {
            throw file.Damaged("the header of a heap makes no sense");
        }

        offsetBytes = (heapBits + 7) / 8;
        lengthBytes = (BitOperations.Log2(Math.Min(largestDirect, largestManaged)) / 8) + 1;
    }

    /// <summary>Every object that an index names.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadAll(ulong index)
    {
        var result = new List<ReadOnlyMemory<byte>>();
        foreach (ReadOnlyMemory<byte> record in new HdfIndex(file, widths).Read(index, out int kind))
        {
            // Type 5: hash of a link's name, heap identifier. Type 8: heap identifier of an attribute, flags, order, hash.
            var at = new HdfBytes(record, file.Where) { Position = kind == 5 ? 4 : 0 };
            result.Add(Object(at));
        }

        return result;
    }

    private ReadOnlyMemory<byte> Object(HdfBytes at)
    {
        int flags = at.Byte();
        switch ((flags >> 4) & 3)
        {
            case 0:
                ulong offset = at.Number(offsetBytes);
                ulong length = at.Number(lengthBytes);
                HdfBytes block = rootRows == 0 ? file.At(widths.Base + root + offset) : Locate(root, rootRows, offset, 0);
                return block.Take(length);
            case 2:
                return at.Take((ulong)(flags & 15) + 1);
            default:
                throw file.Unsupported("huge objects in heaps");
        }
    }

    private ulong RowSize(int row) => row < 2 ? startingBlock : startingBlock << Math.Min(row - 1, 60);

    private HdfBytes Locate(ulong block, int rows, ulong offset, int depth)
    {
        HdfBytes at = file.At(widths.Base + block);
        at.Expect("FHIB"u8);
        at.Take(1 + (ulong)widths.Offset + (ulong)offsetBytes);
        ulong start = 0;
        for (int row = 0; row < rows && depth < 64; row++)
        {
            ulong size = RowSize(row);
            for (int column = 0; column < tableWidth; column++, start += size)
            {
                ulong child = at.Number(widths.Offset);
                if (offset < start || offset - start >= size)
                {
                    continue;
                }

                return size <= largestDirect
                    ? file.At(widths.Base + child + (offset - start))
                    : Locate(child, BitOperations.Log2(size) - BitOperations.Log2(startingBlock * (ulong)tableWidth) + 1, offset - start, depth + 1);
            }
        }

        throw file.Damaged("an object of a heap is missing");
    }
}
