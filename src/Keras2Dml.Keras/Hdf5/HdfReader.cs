using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Reads the tree of an HDF5 file held in memory. Everything is bounds-checked; whatever does not fit is a catalogue error.</summary>
/// <remarks>
/// Written after the HDF5 File Format Specification 3.0. A reader of our own, because files must be refused safely, copied without any loss,
/// and read under Native AOT, where a reader that builds its methods at run time cannot work.
/// </remarks>
internal sealed class HdfReader
{
    private const int DeepestGroup = 200;
    private const int MostObjects = 1 << 20;
    private readonly HdfBytes file;
    private readonly HdfWidths widths;
    private readonly HdfHeaderReader headers;
    private readonly HdfLinks links;
    private readonly HdfGlobalHeap heap;
    private readonly Dictionary<ulong, HdfObject?> objects = [];

    private HdfReader(HdfBytes file, HdfWidths widths)
    {
        this.file = file;
        this.widths = widths;
        headers = new HdfHeaderReader(file, widths);
        links = new HdfLinks(file, widths);
        heap = new HdfGlobalHeap(file, widths);
    }

    /// <summary>True when the bytes begin with HDF5's signature.</summary>
    public static bool IsHdf(ReadOnlySpan<byte> start) => start.Length >= 8 && start[0] == 0x89 && start[1..8].SequenceEqual("HDF\r\n\x1a\n"u8);

    /// <summary>Reads the tree; elements of datasets are read when asked for.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="where">Its name for errors.</param>
    public static HdfGroup Read(ReadOnlyMemory<byte> bytes, string where)
    {
        // A user's block of any power of two from 512 on may come first.
        int start = 0;
        while (start < bytes.Length && !IsHdf(bytes.Span[start..]))
        {
            start = start == 0 ? 512 : checked(start * 2);
        }

        if (start >= bytes.Length)
        {
            throw KerasFileErrors.NotHdf.At(where);
        }

        var source = new HdfBytes(bytes, where) { Position = start + 8 };
        (HdfWidths widths, ulong root) = ReadSuperblock(source, (ulong)start);
        return new HdfReader(source, widths).ReadObject(root, 0) as HdfGroup ?? throw source.Damaged("the root is no group");
    }

    private static (HdfWidths Widths, ulong Root) ReadSuperblock(HdfBytes at, ulong start)
    {
        int version = at.Byte();
        if (version > 3)
        {
            throw at.Unsupported($"a superblock of version {version}");
        }

        at.Take(version < 2 ? 4UL : 0);
        int offset = at.Byte();
        int length = at.Byte();
        if (offset is not (2 or 4 or 8) || length is not (2 or 4 or 8))
        {
            throw at.Damaged($"addresses of {offset} bytes, lengths of {length} bytes");
        }

        at.Take(version switch { 0 => 9, 1 => 13, _ => 1 });
        ulong @base = at.Number(offset);
        at.Number(offset);
        ulong end = at.Number(offset);
        if (end != HdfBytes.Undefined && end > (ulong)at.All.Length)
        {
            throw at.Damaged($"the file is cut off: {end} bytes are expected, {at.All.Length} are there");
        }

        at.Take(version < 2 ? (ulong)(2 * offset) : 0);
        return (new HdfWidths(offset, length, @base == 0 ? 0 : start), at.Number(offset));
    }

    private HdfObject ReadObject(ulong address, int depth)
    {
        if (objects.TryGetValue(address, out HdfObject? known))
        {
            // Two links to one dataset are harmless; two links to one group can be a cycle.
            return known as HdfDataset ?? throw file.Unsupported("several links to one group");
        }

        if (depth > DeepestGroup || objects.Count > MostObjects)
        {
            throw file.Damaged(depth > DeepestGroup ? $"groups are nested deeper than {DeepestGroup}" : $"more than {MostObjects} objects");
        }

        objects[address] = null;
        IReadOnlyList<HdfMessage> messages = headers.Read(address);
        HdfObject result = messages.Any(m => m.Type == HdfMessageType.Layout) ? ReadDataset(messages) : ReadGroup(messages, depth);
        foreach ((string name, HdfValue value) in ReadAttributes(messages))
        {
            result.Attributes[name] = value;
        }

        objects[address] = result;
        return result;
    }

    private HdfGroup ReadGroup(IReadOnlyList<HdfMessage> messages, int depth)
    {
        var group = new HdfGroup();
        foreach ((string name, ulong address) in links.Read(messages))
        {
            group.Children[name] = ReadObject(address, depth + 1);
        }

        return group;
    }

    private HdfDataset ReadDataset(IReadOnlyList<HdfMessage> messages)
    {
        if (messages.Any(m => m.Type == HdfMessageType.ExternalFiles))
        {
            throw file.Unsupported("elements in other files");
        }

        HdfType type = HdfDecoding.Type(Body(messages, HdfMessageType.Datatype, "type")).Type;
        IReadOnlyList<long>? dimensions = HdfDecoding.Dimensions(Body(messages, HdfMessageType.Dataspace, "shape"), widths);
        var storage = new HdfStorage(file, widths, messages, type, dimensions);
        return new HdfDataset(type, dimensions, () => heap.Resolve(new HdfValue(type, dimensions, storage.Read())));
    }

    private IEnumerable<(string Name, HdfValue Value)> ReadAttributes(IReadOnlyList<HdfMessage> messages)
    {
        foreach (HdfMessage message in messages)
        {
            if (message.Type == HdfMessageType.Attribute)
            {
                yield return ReadAttribute(Unshared(message));
            }
        }

        foreach (ReadOnlyMemory<byte> dense in links.DenseAttributes(messages))
        {
            yield return ReadAttribute(new HdfBytes(dense, file.Where));
        }
    }

    private (string Name, HdfValue Value) ReadAttribute(HdfBytes at)
    {
        int version = at.Byte();
        int flags = at.Byte();
        if (version is < 1 or > 3 || (version > 1 && (flags & 3) != 0))
        {
            throw at.Unsupported($"an attribute of version {version} with flags {flags}");
        }

        ulong nameSize = (ulong)at.UInt16();
        ulong typeSize = (ulong)at.UInt16();
        ulong spaceSize = (ulong)at.UInt16();
        at.Take(version == 3 ? 1UL : 0);
        string name = Padded(nameSize).ZeroTerminated();
        HdfType type = HdfDecoding.Type(Padded(typeSize)).Type;
        IReadOnlyList<long>? dimensions = HdfDecoding.Dimensions(Padded(spaceSize), widths);
        return (name, heap.Resolve(new HdfValue(type, dimensions, at.Take(HdfDecoding.ByteCount(at, type, dimensions)))));

        HdfBytes Padded(ulong size)
        {
            HdfBytes part = at.Part(size);
            if (version == 1)
            {
                at.Align8();
            }

            return part;
        }
    }

    private HdfBytes Body(IReadOnlyList<HdfMessage> messages, HdfMessageType type, string what)
    {
        foreach (HdfMessage message in messages)
        {
            if (message.Type == type)
            {
                return Unshared(message);
            }
        }

        throw file.Damaged($"a dataset without {what}");
    }

    private HdfBytes Unshared(HdfMessage message) =>
        message.Shared ? throw file.Unsupported("shared messages (committed types)") : new HdfBytes(message.Body, file.Where);
}
