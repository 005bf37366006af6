using System.Buffers;
using System.Buffers.Binary;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Little-endian bytes in the making.</summary>
internal sealed class HdfBlock
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public int Length => buffer.WrittenCount;

    public HdfBlock Byte(byte value) => Bytes([value]);

    public HdfBlock UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.GetSpan(2), checked((ushort)value));
        buffer.Advance(2);
        return this;
    }

    public HdfBlock UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
        return this;
    }

    public HdfBlock UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(buffer.GetSpan(8), value);
        buffer.Advance(8);
        return this;
    }

    public HdfBlock Bytes(ReadOnlySpan<byte> bytes)
    {
        buffer.Write(bytes);
        return this;
    }

    /// <summary>Zeros up to a multiple of 8.</summary>
    public HdfBlock Align8() => PadTo((Length + 7) & ~7);

    /// <summary>Zeros up to a length.</summary>
    public HdfBlock PadTo(int length)
    {
        int count = length - Length;
        if (count > 0)
        {
            buffer.GetSpan(count)[..count].Clear();
            buffer.Advance(count);
        }

        return this;
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
