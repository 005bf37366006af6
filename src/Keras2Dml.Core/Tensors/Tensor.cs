namespace Keras2Dml;

/// <summary>A dense array of any rank in row-major (C) order: what goes into and comes out of a model.</summary>
/// <remarks>Equivalent of a numpy array. The first axis is the batch where a model is concerned.</remarks>
public sealed class Tensor
{
    private readonly Array data;

    private Tensor(Array data, ElementType elementType, int[] shape)
    {
        this.data = data;
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>Type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Count;

    /// <summary>Number of elements.</summary>
    public int Length => data.Length;

    /// <summary>Wraps an array without copying it.</summary>
    /// <typeparam name="T"><see cref="float"/>, <see cref="double"/>, <see cref="int"/>, <see cref="long"/>, <see cref="bool"/> or <see cref="string"/>.</typeparam>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="shape">Sizes of the axes; their product must be the number of values.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the number of values.</exception>
    public static Tensor From<T>(T[] values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        long count = 1;
        foreach (int size in shape)
        {
            count = checked(count * size);
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"Expected {count} values for shape ({string.Join(", ", shape)}). Received: {values.Length}.", nameof(shape));
        }

        return new Tensor(values, TypeOf(values), (int[])shape.Clone());
    }

    /// <summary>A tensor of zeros (false, or null for strings).</summary>
    /// <param name="elementType">Type of the elements.</param>
    /// <param name="shape">Sizes of the axes.</param>
    /// <returns>The tensor.</returns>
    public static Tensor Zeros(ElementType elementType, params int[] shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            count = checked(count * size);
        }

        Array values = elementType switch
        {
            ElementType.Float32 => new float[count],
            ElementType.Float64 => new double[count],
            ElementType.Int32 => new int[count],
            ElementType.Int64 => new long[count],
            ElementType.Bool => new bool[count],
            ElementType.String => new string[count],
            _ => throw new ArgumentOutOfRangeException(nameof(elementType), elementType, "No such element type."),
        };
        return new Tensor(values, elementType, (int[])shape.Clone());
    }

    /// <summary>The elements in row-major order, writable.</summary>
    /// <typeparam name="T">Must be the type that <see cref="ElementType"/> says.</typeparam>
    /// <returns>A span over the tensor's own storage.</returns>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is another type.</exception>
    public Span<T> AsSpan<T>() => data is T[] typed
        ? typed
        : throw new InvalidOperationException($"The tensor holds {ElementType.KerasName()}, not {typeof(T).Name}.");

    /// <summary>Element at a position of the row-major order, as a double.</summary>
    /// <param name="index">Position, from 0.</param>
    /// <returns>The value; true is 1.</returns>
    /// <exception cref="InvalidOperationException">The tensor holds strings.</exception>
    public double GetDouble(int index) => data switch
    {
        float[] f => f[index],
        double[] d => d[index],
        int[] i => i[index],
        long[] l => l[index],
        bool[] b => b[index] ? 1 : 0,
        _ => throw new InvalidOperationException("A tensor of strings has no numbers."),
    };

    /// <summary>The same elements under another shape, sharing storage.</summary>
    /// <param name="shape">Sizes of the axes with the same product.</param>
    /// <returns>The tensor.</returns>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public Tensor Reshape(params int[] shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            count *= size;
        }

        return count == Length
            ? new Tensor(data, ElementType, (int[])shape.Clone())
            : throw new ArgumentException($"Expected a shape of {Length} elements. Received: ({string.Join(", ", shape)}).", nameof(shape));
    }

    /// <summary>The elements converted to another numeric type, rounding as C# casts do.</summary>
    /// <param name="type">The type wanted.</param>
    /// <returns>This tensor when the type is the same, otherwise a copy.</returns>
    public Tensor Cast(ElementType type)
    {
        if (type == ElementType)
        {
            return this;
        }

        Tensor result = Zeros(type, [.. Shape]);
        for (int i = 0; i < Length; i++)
        {
            switch (result.data)
            {
                case float[] f: f[i] = (float)GetDouble(i); break;
                case double[] d: d[i] = GetDouble(i); break;
                case int[] n: n[i] = (int)GetDouble(i); break;
                case long[] l: l[i] = data is int[] or bool[] or float[] or double[] ? (long)GetDouble(i) : ((long[])data)[i]; break;
                case bool[] b: b[i] = GetDouble(i) != 0; break;
                default: throw new InvalidOperationException("Numbers cannot be cast to strings.");
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Tensor({ElementType.KerasName()}, ({string.Join(", ", Shape)}))";

    private static ElementType TypeOf(Array values) => values switch
    {
        float[] => ElementType.Float32,
        double[] => ElementType.Float64,
        int[] => ElementType.Int32,
        long[] => ElementType.Int64,
        bool[] => ElementType.Bool,
        string[] => ElementType.String,
        _ => throw new ArgumentException($"Arrays of {values.GetType().GetElementType()} are not supported.", nameof(values)),
    };
}
