using System.Runtime.InteropServices;
using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>Reads and writes .npy arrays. Smaller integers become <see cref="ElementType.Int32"/>, half floats <see cref="ElementType.Float32"/>, unsigned 32 and 64 bits <see cref="ElementType.Int64"/>.</summary>
internal static class NpyFile
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Reads a file.</summary>
    public static Tensor Read(string path) =>
        InputFile.Read(path, stream => Read(stream, path, stream.Length));

    /// <summary>Reads an array from a stream.</summary>
    /// <param name="stream">The bytes, from the magic on.</param>
    /// <param name="where">Name for errors.</param>
    /// <param name="available">Bytes that the stream can have at most; checked against the claimed shape before anything is allocated.</param>
    public static Tensor Read(Stream stream, string where, long available)
    {
        NpyHeader header = NpyHeader.Read(stream, where);
        NpyElement element = NpyElement.Find(header.Type, where);
        int count = Count(header, element, available, where);
        int[] shape = [.. header.Shape.Select(s => checked((int)s))];
        Tensor result = Tensor.Zeros(element.Type, shape);
        ReadElements(stream, element, result, count, header, where);
        return header.FortranOrder && shape.Length > 1 ? FromFortranOrder(result) : result;
    }

    /// <summary>Writes a file, whole or not at all.</summary>
    public static void Write(string path, Tensor tensor) => AtomicFile.Write(path, stream => Write(stream, tensor));

    /// <summary>Writes an array to a stream.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        stream.Write(NpyHeader.Write(NpyElement.CodeOf(tensor), tensor.Shape));
        switch (tensor.ElementType)
        {
            case ElementType.Float32: WriteNumbers(stream, tensor.AsSpan<float>()); break;
            case ElementType.Float64: WriteNumbers(stream, tensor.AsSpan<double>()); break;
            case ElementType.Int32: WriteNumbers(stream, tensor.AsSpan<int>()); break;
            case ElementType.Int64: WriteNumbers(stream, tensor.AsSpan<long>()); break;
            case ElementType.Bool: WriteNumbers(stream, tensor.AsSpan<bool>()); break;
            default: WriteText(stream, tensor.AsSpan<string>()); break;
        }
    }

    private static int Count(NpyHeader header, NpyElement element, long available, string where)
    {
        string shape = "(" + string.Join(", ", header.Shape) + ")";
        Int128 count = 1;
        foreach (long size in header.Shape)
        {
            if (size > int.MaxValue)
            {
                throw DataErrors.TooLarge.At(where, $"Shape {shape}", $"an axis of {size}", int.MaxValue);
            }

            // Once a size is zero the array is empty, whatever the others claim.
            count = size == 0 || count == 0 ? 0 : count > long.MaxValue ? count : count * size;
        }

        if (count > Array.MaxLength)
        {
            throw DataErrors.TooLarge.At(where, $"Shape {shape}", $"{count} elements", Array.MaxLength);
        }

        return count * element.Size > available
            ? throw DataErrors.Truncated.At(where, shape, header.Type, count * element.Size, Math.Max(0, available))
            : (int)count;
    }

    private static void ReadElements(Stream stream, NpyElement element, Tensor result, int count, NpyHeader header, string where)
    {
        if (element.Size == 0)
        {
            element.Convert([], result, 0);
            return;
        }

        int chunk = Math.Max(1, ChunkBytes / element.Size);
        byte[] buffer = new byte[Math.Min(chunk, Math.Max(count, 1)) * element.Size];
        for (int start = 0; start < count; start += chunk)
        {
            Span<byte> bytes = buffer.AsSpan(0, Math.Min(chunk, count - start) * element.Size);
            int got = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (got < bytes.Length)
            {
                throw DataErrors.Truncated.At(where, "(" + string.Join(", ", header.Shape) + ")", header.Type, (long)count * element.Size, ((long)start * element.Size) + got);
            }

            element.Convert(bytes, result, start);
        }
    }

    private static Tensor FromFortranOrder(Tensor source) => source.ElementType switch
    {
        ElementType.Float32 => Reorder<float>(source),
        ElementType.Float64 => Reorder<double>(source),
        ElementType.Int32 => Reorder<int>(source),
        ElementType.Int64 => Reorder<long>(source),
        ElementType.Bool => Reorder<bool>(source),
        _ => Reorder<string>(source),
    };

    private static Tensor Reorder<T>(Tensor source)
    {
        Tensor result = Tensor.Zeros(source.ElementType, [.. source.Shape]);
        ReadOnlySpan<T> from = source.AsSpan<T>();
        Span<T> to = result.AsSpan<T>();
        int rank = source.Rank;
        Span<int> index = stackalloc int[rank];
        index.Clear();
        Span<int> strides = stackalloc int[rank];
        for (int axis = 0, stride = 1; axis < rank; stride *= source.Shape[axis], axis++)
        {
            strides[axis] = stride;
        }

        for (int i = 0; i < to.Length; i++)
        {
            int offset = 0;
            for (int axis = 0; axis < rank; axis++)
            {
                offset += index[axis] * strides[axis];
            }

            to[i] = from[offset];
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == source.Shape[axis]; axis--)
            {
                index[axis] = 0;
            }
        }

        return result;
    }

    private static void WriteNumbers<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        int size = bytes.Length / Math.Max(1, values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            Array.Reverse(bytes, i * size, size);
        }

        stream.Write(bytes);
    }

    private static void WriteText(Stream stream, ReadOnlySpan<string> texts)
    {
        byte[] element = new byte[4 * NpyElement.TextWidth(texts)];
        foreach (string text in texts)
        {
            Array.Clear(element);
            Encoding.UTF32.GetBytes(text ?? "", element);
            stream.Write(element);
        }
    }
}
