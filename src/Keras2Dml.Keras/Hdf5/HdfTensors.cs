using System.Buffers.Binary;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Datasets as tensors and back, in the dataset's own element type.</summary>
internal static class HdfTensors
{
    /// <summary>The elements of a dataset of numbers. Half floats and bfloat16 become float32, small integers int32.</summary>
    public static Tensor ToTensor(this HdfDataset dataset, string where)
    {
        HdfValue value = dataset.Value;
        int[] shape = [.. dataset.Dimensions.Select(d => checked((int)d))];
        ReadOnlySpan<byte> bytes = value.Bytes.Span;
        if (value.Type.IsBigEndian)
        {
            bytes = Reversed(bytes, value.Type.Size);
        }

        return (value.Type.Class, value.Type.Size) switch
        {
            (HdfClass.Float, 2) => Read(bytes, 2, shape, b => (float)BinaryPrimitives.ReadHalfLittleEndian(b)),
            (HdfClass.Float, 4) => Read(bytes, 4, shape, BinaryPrimitives.ReadSingleLittleEndian),
            (HdfClass.Float, 8) => Read(bytes, 8, shape, BinaryPrimitives.ReadDoubleLittleEndian),
            (HdfClass.Integer, 1) when value.Type.IsSigned => Read(bytes, 1, shape, b => (int)(sbyte)b[0]),
            (HdfClass.Integer, 1) => Read(bytes, 1, shape, b => (int)b[0]),
            (HdfClass.Integer, 2) when value.Type.IsSigned => Read(bytes, 2, shape, b => (int)BinaryPrimitives.ReadInt16LittleEndian(b)),
            (HdfClass.Integer, 2) => Read(bytes, 2, shape, b => (int)BinaryPrimitives.ReadUInt16LittleEndian(b)),
            (HdfClass.Integer, 4) when value.Type.IsSigned => Read(bytes, 4, shape, BinaryPrimitives.ReadInt32LittleEndian),
            (HdfClass.Integer, 4) => Read(bytes, 4, shape, b => (long)BinaryPrimitives.ReadUInt32LittleEndian(b)),
            (HdfClass.Integer, 8) => Read(bytes, 8, shape, BinaryPrimitives.ReadInt64LittleEndian),
            (HdfClass.Enumeration, 1) => Read(bytes, 1, shape, b => b[0] != 0),
            // Keras writes bfloat16 as two opaque bytes with an attribute that says so.
            (HdfClass.Opaque, 2) when IsBFloat16(dataset) => Read(bytes, 2, shape, b => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(b) << 16)),
            _ => throw KerasFileErrors.HdfUnsupported.At(where, $"elements of {value.Type}"),
        };
    }

    /// <summary>A dataset of the same element type and attributes with other values.</summary>
    public static HdfDataset With(this HdfDataset dataset, Tensor tensor, string where)
    {
        HdfType type = dataset.Type;
        byte[] bytes = new byte[tensor.Length * type.Size];
        for (int i = 0; i < tensor.Length; i++)
        {
            Span<byte> target = bytes.AsSpan(i * type.Size, type.Size);
            switch (type.Class, type.Size)
            {
                case (HdfClass.Float, 2): BinaryPrimitives.WriteHalfLittleEndian(target, (Half)tensor.GetDouble(i)); break;
                case (HdfClass.Float, 4): BinaryPrimitives.WriteSingleLittleEndian(target, (float)tensor.GetDouble(i)); break;
                case (HdfClass.Float, 8): BinaryPrimitives.WriteDoubleLittleEndian(target, tensor.GetDouble(i)); break;
                case (HdfClass.Opaque, 2) when IsBFloat16(dataset): BinaryPrimitives.WriteUInt16LittleEndian(target, BFloat16((float)tensor.GetDouble(i))); break;
                case (HdfClass.Integer or HdfClass.Enumeration, <= 8): WriteInteger(target, tensor.ElementType == ElementType.Int64 ? tensor.AsSpan<long>()[i] : (long)tensor.GetDouble(i)); break;
                default: throw KerasFileErrors.HdfUnsupported.At(where, $"elements of {type}");
            }
        }

        IReadOnlyList<long>? dimensions = dataset.Dimensions.Count == 0 ? null : dataset.Dimensions;
        var result = new HdfDataset(new HdfValue(type, dimensions, type.IsBigEndian ? Reversed(bytes, type.Size) : bytes));
        foreach ((string name, HdfValue value) in dataset.Attributes)
        {
            result.Attributes[name] = value;
        }

        return result;
    }

    /// <summary>A new dataset for a tensor in the element type that h5py gives it.</summary>
    public static HdfDataset ToDataset(this Tensor tensor, string where)
    {
        HdfType type = tensor.ElementType switch
        {
            ElementType.Float32 => HdfType.Float32,
            ElementType.Float64 => HdfType.Float64,
            ElementType.Int32 => HdfType.Int32,
            ElementType.Int64 => HdfType.Int64,
            ElementType.Bool => HdfType.Bool,
            _ => throw KerasFileErrors.HdfUnsupported.At(where, "texts as weights"),
        };
        long[]? dimensions = tensor.Rank == 0 ? null : [.. tensor.Shape.Select(s => (long)s)];
        return new HdfDataset(new HdfValue(type, dimensions, default)).With(tensor, where);
    }

    private static bool IsBFloat16(HdfDataset dataset) => dataset.TextAttribute("dtype") == "bfloat16";

    // Rounds to nearest, ties to even.
    private static ushort BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)0x7fc0 : (ushort)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
    }

    private static void WriteInteger(Span<byte> target, long value)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (byte)(value >> (8 * i));
        }
    }

    private static byte[] Reversed(ReadOnlySpan<byte> bytes, int size)
    {
        byte[] result = bytes.ToArray();
        for (int i = 0; i + size <= result.Length; i += size)
        {
            Array.Reverse(result, i, size);
        }

        return result;
    }

    private static Tensor Read<T>(ReadOnlySpan<byte> bytes, int size, int[] shape, FromBytes<T> read)
    {
        var values = new T[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(bytes.Slice(i * size, size));
        }

        return Tensor.From(values, shape);
    }

    private delegate T FromBytes<T>(ReadOnlySpan<byte> bytes);
}
