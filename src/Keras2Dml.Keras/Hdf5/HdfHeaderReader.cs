namespace Keras2Dml.Keras.Hdf5;

/// <summary>Types of object header messages (HDF5 File Format Specification 3.0, section IV.A.2).</summary>
internal enum HdfMessageType
{
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    OldFillValue = 0x04,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0b,
    Attribute = 0x0c,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
}

/// <summary>One message of an object header.</summary>
internal readonly record struct HdfMessage(HdfMessageType Type, bool Shared, ReadOnlyMemory<byte> Body);

/// <summary>Sizes of addresses and lengths in a file, and where address 0 lies.</summary>
internal sealed record HdfWidths(int Offset, int Length, ulong Base);

/// <summary>Reads the messages of object headers of both versions.</summary>
internal sealed class HdfHeaderReader(HdfBytes file, HdfWidths widths)
{
    private const int MostBlocks = 10_000;

    /// <summary>All messages of the object at an address, continuations included.</summary>
    public IReadOnlyList<HdfMessage> Read(ulong address)
    {
        HdfBytes at = file.At(widths.Base + address);
        var messages = new List<HdfMessage>();
        if (at.Remaining >= 4 && at.All.Span.Slice(at.Position, 4).SequenceEqual("OHDR"u8))
        {
            ReadVersion2(at, messages);
        }
        else
        {
            ReadVersion1(at, messages);
        }

        return messages;
    }

    private void ReadVersion1(HdfBytes at, List<HdfMessage> messages)
    {
        int version = at.Byte();
        if (version != 1)
        {
            throw file.Damaged($"an object header of version {version} at position {at.Position - 1}");
        }

        at.Take(1);
        int count = at.UInt16();
        at.Take(4);
        uint size = at.UInt32();
        at.Take(4);
        var blocks = new Queue<HdfBytes>([at.Part(size)]);
        for (int done = 0; blocks.TryDequeue(out HdfBytes? block); done++)
        {
            CheckBlocks(done);
            while (block.Remaining >= 8 && count > 0)
            {
                var type = (HdfMessageType)block.UInt16();
                int length = block.UInt16();
                bool shared = (block.Byte() & 2) != 0;
                block.Take(3);
                Add(messages, new HdfMessage(type, shared, block.Take((ulong)length)), blocks, signed: false);
                count--;
            }
        }
    }

    private void ReadVersion2(HdfBytes at, List<HdfMessage> messages)
    {
        at.Take(4);
        int version = at.Byte();
        if (version != 2)
        {
            throw file.Damaged($"an object header of version {version}");
        }

        int flags = at.Byte();
        at.Take((flags & 0x20) != 0 ? 16UL : 0);
        at.Take((flags & 0x10) != 0 ? 4UL : 0);
        var blocks = new Queue<HdfBytes>([at.Part(at.Number(1 << (flags & 3)))]);
        int head = (flags & 4) != 0 ? 6 : 4;
        for (int done = 0; blocks.TryDequeue(out HdfBytes? block); done++)
        {
            CheckBlocks(done);
            while (block.Remaining >= head)
            {
                var type = (HdfMessageType)block.Byte();
                int length = block.UInt16();
                bool shared = (block.Byte() & 2) != 0;
                block.Take((ulong)(head - 4));
                Add(messages, new HdfMessage(type, shared, block.Take((ulong)length)), blocks, signed: true);
            }
        }
    }

    private void CheckBlocks(int done)
    {
        if (done > MostBlocks)
        {
            throw file.Damaged("an object header does not end");
        }
    }

    private void Add(List<HdfMessage> messages, HdfMessage message, Queue<HdfBytes> blocks, bool signed)
    {
        if (message.Type != HdfMessageType.Continuation)
        {
            messages.Add(message);
            return;
        }

        var body = new HdfBytes(message.Body, file.Where);
        HdfBytes at = file.At(widths.Base + body.Number(widths.Offset));
        ulong length = body.Number(widths.Length);
        if (signed)
        {
            // Version 2: signature before and checksum behind the messages.
            at.Expect("OCHK"u8);
            length = length >= 8 ? length - 8 : throw file.Damaged("a continuation block is too small");
        }

        blocks.Enqueue(at.Part(length));
    }
}
