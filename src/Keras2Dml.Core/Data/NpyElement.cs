using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>An element type of .npy files: its size and how its bytes become elements of a <see cref="Tensor"/>.</summary>
/// <param name="Size">Bytes per element.</param>
/// <param name="Type">Type of the tensor's elements.</param>
/// <param name="Convert">Reads little-endian elements into the tensor from a position on.</param>
internal sealed record NpyElement(int Size, ElementType Type, NpyElement.Reader Convert)
{
    /// <summary>Reads elements from bytes into a tensor, starting at an element.</summary>
    public delegate void Reader(ReadOnlySpan<byte> bytes, Tensor target, int start);

    /// <summary>Finds the element type of a numpy type code such as <c>&lt;f4</c>.</summary>
    public static NpyElement Find(string code, string where)
    {
        if (code.Contains('O', StringComparison.Ordinal))
        {
            throw DataErrors.PickledObjects.At(where);
        }

        bool big = code.StartsWith('>');
        string kind = code.TrimStart('<', '>', '|', '=');
        NpyElement? found = kind switch
        {
            "f2" => Numbers<float>(2, ElementType.Float32, b => (float)BinaryPrimitives.ReadHalfLittleEndian(b)),
            "f4" => Numbers(4, ElementType.Float32, BinaryPrimitives.ReadSingleLittleEndian),
            "f8" => Numbers(8, ElementType.Float64, BinaryPrimitives.ReadDoubleLittleEndian),
            "i1" => Numbers<int>(1, ElementType.Int32, b => (sbyte)b[0]),
            "u1" => Numbers<int>(1, ElementType.Int32, b => b[0]),
            "i2" => Numbers<int>(2, ElementType.Int32, b => BinaryPrimitives.ReadInt16LittleEndian(b)),
            "u2" => Numbers<int>(2, ElementType.Int32, b => BinaryPrimitives.ReadUInt16LittleEndian(b)),
            "i4" => Numbers(4, ElementType.Int32, BinaryPrimitives.ReadInt32LittleEndian),
            "u4" => Numbers<long>(4, ElementType.Int64, b => BinaryPrimitives.ReadUInt32LittleEndian(b)),
            "i8" => Numbers(8, ElementType.Int64, BinaryPrimitives.ReadInt64LittleEndian),
            "u8" => Numbers(8, ElementType.Int64, b => Signed(BinaryPrimitives.ReadUInt64LittleEndian(b), where)),
            "b1" => Numbers(1, ElementType.Bool, b => b[0] != 0),
            _ => Text(kind, where),
        };
        return found is null ? throw DataErrors.NpyType.At(where, code) : big ? found.BigEndian(kind) : found;
    }

    /// <summary>The code under which a tensor's elements are written; text as fixed width of its longest element.</summary>
    public static string CodeOf(Tensor tensor) => tensor.ElementType switch
    {
        ElementType.Float32 => "<f4",
        ElementType.Float64 => "<f8",
        ElementType.Int32 => "<i4",
        ElementType.Int64 => "<i8",
        ElementType.Bool => "|b1",
        _ => "<U" + TextWidth(tensor.AsSpan<string>()).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Code points of the longest element, at least 1.</summary>
    public static int TextWidth(ReadOnlySpan<string> texts)
    {
        int width = 1;
        foreach (string text in texts)
        {
            width = Math.Max(width, Encoding.UTF32.GetByteCount(text ?? "") / 4);
        }

        return width;
    }

    private static long Signed(ulong value, string where) => value <= long.MaxValue ? (long)value : throw DataErrors.ValueRange.At(where, value);

    private static NpyElement Numbers<T>(int size, ElementType type, FromBytes<T> read) =>
        new(size, type, (bytes, target, start) =>
        {
            Span<T> values = target.AsSpan<T>()[start..];
            for (int i = 0; i < bytes.Length / size; i++)
            {
                values[i] = read(bytes.Slice(i * size, size));
            }
        });

    private static NpyElement? Text(string kind, string where)
    {
        if (kind.Length < 2 || kind[0] is not ('U' or 'S') || !int.TryParse(kind.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int width))
        {
            return null;
        }

        int size = kind[0] == 'U' ? checked((int)Math.Min(int.MaxValue, 4L * width)) : width;
        if (size > 1 << 24)
        {
            throw DataErrors.TooLarge.At(where, "A text element", $"{width} characters", "4194304 characters");
        }

        Encoding encoding = kind[0] == 'U' ? Encoding.UTF32 : Encoding.UTF8;
        return new(size, ElementType.String, (bytes, target, start) =>
        {
            Span<string> values = target.AsSpan<string>()[start..];
            for (int i = 0; i < (size == 0 ? values.Length : bytes.Length / size); i++)
            {
                values[i] = encoding.GetString(bytes.Slice(i * size, size)).TrimEnd('\0');
            }
        });
    }

    private NpyElement BigEndian(string kind)
    {
        int unit = kind[0] == 'U' ? 4 : kind[0] == 'S' ? 1 : Size;
        return this with
        {
            Convert = (bytes, target, start) =>
            {
                byte[] turned = bytes.ToArray();
                for (int i = 0; i + unit <= turned.Length; i += unit)
                {
                    Array.Reverse(turned, i, unit);
                }

                Convert(turned, target, start);
            },
        };
    }

    private delegate T FromBytes<T>(ReadOnlySpan<byte> bytes);
}
