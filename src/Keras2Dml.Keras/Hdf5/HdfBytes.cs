using System.Buffers.Binary;
using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>A bounds-checked position in the bytes of an HDF5 file. Reading past the end is a catalogue error, never another exception.</summary>
internal sealed class HdfBytes(ReadOnlyMemory<byte> bytes, string where)
{
    /// <summary>Stands for "no address".</summary>
    public const ulong Undefined = ulong.MaxValue;

    public ReadOnlyMemory<byte> All { get; } = bytes;

    public string Where { get; } = where;

    public int Position { get; set; }

    public int Remaining => All.Length - Position;

    /// <summary>The same bytes at another position.</summary>
    public HdfBytes At(ulong address)
    {
        if (address >= (ulong)All.Length)
        {
            throw Damaged($"address {address} is beyond the end ({All.Length} bytes)");
        }

        return new HdfBytes(All, Where) { Position = (int)address };
    }

    /// <summary>A part of the bytes as bytes of their own.</summary>
    public HdfBytes Part(ulong length) => new(Take(length), Where);

    public Keras2DmlException Damaged(string what) => KerasFileErrors.HdfDamaged.At(Where, what);

    public Keras2DmlException Unsupported(string what) => KerasFileErrors.HdfUnsupported.At(Where, what);

    public ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)Remaining)
        {
            throw Damaged($"{length} bytes are expected at position {Position}, {Remaining} are there");
        }

        ReadOnlyMemory<byte> result = All.Slice(Position, (int)length);
        Position += (int)length;
        return result;
    }

    public byte Byte() => Take(1).Span[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);

    /// <summary>An unsigned number of 1 to 8 bytes.</summary>
    public ulong Number(int size)
    {
        ReadOnlySpan<byte> taken = Take((ulong)size).Span;
        ulong result = 0;
        for (int i = size - 1; i >= 0; i--)
        {
            result = (result << 8) | taken[i];
        }

        // All bits set stands for "undefined" in every width.
        return size < 8 && size > 1 && result == (1UL << (8 * size)) - 1 ? Undefined : result;
    }

    public void Expect(ReadOnlySpan<byte> signature)
    {
        if (!Take((ulong)signature.Length).Span.SequenceEqual(signature))
        {
            throw Damaged($"the signature {Encoding.ASCII.GetString(signature)} is missing at position {Position - signature.Length}");
        }
    }

    /// <summary>Text up to a zero byte.</summary>
    public string ZeroTerminated()
    {
        int length = All.Span[Position..].IndexOf((byte)0);
        if (length < 0)
        {
            throw Damaged("a name does not end");
        }

        string result = Encoding.UTF8.GetString(All.Span.Slice(Position, length));
        Position += length + 1;
        return result;
    }

    /// <summary>Moves on to a multiple of 8, counted from the start of these bytes.</summary>
    public void Align8() => Take((ulong)(-Position & 7));
}
