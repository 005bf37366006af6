using System.Text;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Finds the members of groups: symbol tables (B-tree and local heap) and link messages.</summary>
internal sealed class HdfLinks(HdfBytes file, HdfWidths widths)
{
    /// <summary>Names and addresses of a group's members.</summary>
    public IReadOnlyList<(string Name, ulong Address)> Read(IReadOnlyList<HdfMessage> messages)
    {
        var result = new List<(string, ulong)>();
        foreach (HdfMessage message in messages)
        {
            var at = new HdfBytes(message.Body, file.Where);
            switch (message.Type)
            {
                case HdfMessageType.SymbolTable:
                    ulong tree = at.Number(widths.Offset);
                    HdfBytes names = LocalHeap(at.Number(widths.Offset));
                    ReadTree(tree, int.MaxValue, [], names, result);
                    break;
                case HdfMessageType.Link:
                    result.Add(ReadLink(at));
                    break;
                case HdfMessageType.LinkInfo:
                    at.Take(1);
                    at.Take((at.Byte() & 1) != 0 ? 8UL : 0);
                    result.AddRange(Dense(at).Select(link => ReadLink(new HdfBytes(link, file.Where))));
                    break;
            }
        }

        return result;
    }

    /// <summary>Attribute messages that are stored in a heap of their own (more than eight attributes, or large ones).</summary>
    public IEnumerable<ReadOnlyMemory<byte>> DenseAttributes(IReadOnlyList<HdfMessage> messages)
    {
        foreach (HdfMessage message in messages.Where(m => m.Type == HdfMessageType.AttributeInfo))
        {
            var at = new HdfBytes(message.Body, file.Where);
            at.Take(1);
            at.Take((at.Byte() & 1) != 0 ? 2UL : 0);
            foreach (ReadOnlyMemory<byte> attribute in Dense(at))
            {
                yield return attribute;
            }
        }
    }

    // Address of a fractal heap, then of the index by name.
    private IReadOnlyList<ReadOnlyMemory<byte>> Dense(HdfBytes at)
    {
        ulong heap = at.Number(widths.Offset);
        ulong index = at.Number(widths.Offset);
        return heap == HdfBytes.Undefined ? [] : new HdfFractalHeap(file, widths, heap).ReadAll(index);
    }

    private HdfBytes LocalHeap(ulong address)
    {
        HdfBytes at = file.At(widths.Base + address);
        at.Expect("HEAP"u8);
        at.Take(4);
        ulong size = at.Number(widths.Length);
        at.Number(widths.Length);
        return file.At(widths.Base + at.Number(widths.Offset)).Part(size);
    }

    private void ReadTree(ulong address, int above, HashSet<ulong> seen, HdfBytes names, List<(string, ulong)> result)
    {
        (HdfBytes at, int level, int entries) = HdfTree.Enter(file, widths, address, kind: 0, above, seen);

        for (int i = 0; i < entries; i++)
        {
            at.Take((ulong)widths.Length);
            ulong child = at.Number(widths.Offset);
            if (level > 0)
            {
                ReadTree(child, level, seen, names, result);
            }
            else
            {
                ReadSymbols(child, seen, names, result);
            }
        }
    }

    private void ReadSymbols(ulong address, HashSet<ulong> seen, HdfBytes names, List<(string, ulong)> result)
    {
        HdfBytes at = file.At(widths.Base + address);
        at.Expect("SNOD"u8);
        at.Take(2);
        int symbols = at.UInt16();
        if (!seen.Add(address))
        {
            throw file.Damaged("the index of a group is no tree");
        }

        for (int i = 0; i < symbols; i++)
        {
            string name = names.At(at.Number(widths.Offset)).ZeroTerminated();
            ulong target = at.Number(widths.Offset);
            uint cache = at.UInt32();
            at.Take(20);
            result.Add(cache == 2 ? throw file.Unsupported("soft links") : (name, target));
        }
    }

    private (string Name, ulong Address) ReadLink(HdfBytes at)
    {
        at.Take(1);
        int flags = at.Byte();
        int kind = (flags & 8) != 0 ? at.Byte() : 0;
        at.Take((flags & 4) != 0 ? 8UL : 0);
        at.Take((flags & 16) != 0 ? 1UL : 0);
        string name = Encoding.UTF8.GetString(at.Take(at.Number(1 << (flags & 3))).Span);
        return kind == 0 ? (name, at.Number(widths.Offset)) : throw file.Unsupported("soft or external links");
    }
}
