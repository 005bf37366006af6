using System.Buffers.Binary;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Classes of HDF5 element types (HDF5 File Format Specification 3.0, section IV.A.2.d).</summary>
internal enum HdfClass
{
    Integer = 0,
    Float = 1,
    Time = 2,
    Text = 3,
    BitField = 4,
    Opaque = 5,
    Compound = 6,
    Reference = 7,
    Enumeration = 8,
    VariableLength = 9,
    Array = 10,
}

/// <summary>An element type: its encoded message, kept byte for byte so that copies keep it, and the facts needed to read values.</summary>
internal sealed class HdfType
{
    /// <summary>Wraps an encoded datatype message of at least 8 bytes.</summary>
    public HdfType(byte[] message)
    {
        Message = message;
    }

    public static HdfType Float16 { get; } = Floating(2, 15, 10, 5);

    public static HdfType Float32 { get; } = Floating(4, 31, 23, 8);

    public static HdfType Float64 { get; } = Floating(8, 63, 52, 11);

    public static HdfType Int32 { get; } = Integer(4, signed: true);

    public static HdfType Int64 { get; } = Integer(8, signed: true);

    /// <summary>Booleans as h5py writes them: an enumeration of FALSE and TRUE over one byte.</summary>
    public static HdfType Bool { get; } = new(
    [
        0x18, 2, 0, 0, 1, 0, 0, 0, .. Integer(1, signed: true).Message,
        .. "FALSE\0\0\0TRUE\0\0\0\0"u8, 0, 1,
    ]);

    /// <summary>Text of any length, UTF-8.</summary>
    public static HdfType Utf8 { get; } = Variable(1);

    /// <summary>Text of any length, declared as ASCII.</summary>
    public static HdfType Ascii { get; } = Variable(0);

    /// <summary>The encoded datatype message.</summary>
    public byte[] Message { get; }

    public HdfClass Class => (HdfClass)(Message[0] & 15);

    /// <summary>Bytes of one element where it is stored.</summary>
    public int Size => checked((int)BinaryPrimitives.ReadUInt32LittleEndian(Message.AsSpan(4)));

    /// <summary>True for text of variable length, whose characters lie in a heap.</summary>
    public bool IsVariableText => Class == HdfClass.VariableLength && (Message[1] & 15) == 1;

    public bool IsBigEndian => Class is HdfClass.Integer or HdfClass.Float && (Message[1] & 1) == 1;

    public bool IsSigned => Class == HdfClass.Integer && (Message[1] & 8) != 0;

    /// <summary>Bytes per item of a variable-length element.</summary>
    public int BaseSize => checked((int)BinaryPrimitives.ReadUInt32LittleEndian(Message.AsSpan(12)));

    /// <summary>The class of a variable-length element's items or of an enumeration's values.</summary>
    public HdfClass BaseClass => (HdfClass)(Message[8] & 15);

    /// <summary>Text of a fixed number of bytes, padded with zeros, as numpy writes byte strings.</summary>
    public static HdfType FixedText(int size)
    {
        byte[] message = [0x13, 1, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), size);
        return new HdfType(message);
    }

    public static HdfType Integer(int size, bool signed) =>
        new([0x10, (byte)(signed ? 8 : 0), 0, 0, (byte)size, 0, 0, 0, 0, 0, (byte)(8 * size), 0]);

    public override string ToString() => $"{Class} of {Size} bytes";

    // Message: class and version 1, bit field (little-endian, implied leading one, sign position), size; then bit offset, precision,
    // exponent position, exponent size, mantissa position, mantissa size, exponent bias.
    private static HdfType Floating(byte size, byte sign, byte mantissa, byte exponent)
    {
        byte[] message = [0x11, 0x20, sign, 0, size, 0, 0, 0, 0, 0, (byte)(8 * size), 0, mantissa, exponent, 0, mantissa, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(16), (1 << (exponent - 1)) - 1);
        return new HdfType(message);
    }

    // Class 9, string, null-terminated, then the base type: one byte of text.
    private static HdfType Variable(byte characterSet) =>
        new([0x19, 1, characterSet, 0, 16, 0, 0, 0, 0x13, 0, characterSet, 0, 1, 0, 0, 0]);
}
