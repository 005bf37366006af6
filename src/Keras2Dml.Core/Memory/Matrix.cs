using System.Runtime.CompilerServices;

namespace Keras2Dml.Core.Memory;

/// <summary>Element kind of a matrix in the engine.</summary>
internal enum MatrixType : byte
{
    /// <summary>64-bit floating point.</summary>
    Double,

    /// <summary>32-bit floating point.</summary>
    Single,
}

/// <summary>A dense row-major matrix in native memory with a reference count; made by <see cref="BufferPool"/> and reused by it.</summary>
/// <remarks>Contents may be changed in place only while the count is 1. A view of a row range shares its parent's memory and keeps it alive.</remarks>
internal sealed unsafe class Matrix
{
    private int references;

    internal Matrix(BufferPool pool)
    {
        Pool = pool;
    }

    /// <summary>First element.</summary>
    public void* Data { get; internal set; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; internal set; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; internal set; }

    /// <summary>Element kind.</summary>
    public MatrixType Type { get; internal set; }

    /// <summary>Number of elements.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>The matrix whose memory a view shares; null for an owner.</summary>
    public Matrix? Parent { get; internal set; }

    /// <summary>True when exactly one holder exists and nothing else shares the memory, so that it may be overwritten.</summary>
    public bool IsExclusive => references == 1 && (Parent is null || Parent.references == 1);

    internal BufferPool Pool { get; }

    /// <summary>Bytes of the pooled buffer behind an owner (a size class, at least the matrix's own size).</summary>
    internal long Capacity { get; set; }

    /// <summary>The elements as doubles; only for <see cref="MatrixType.Double"/>.</summary>
    public Span<double> Doubles => Type == MatrixType.Double
        ? new Span<double>(Data, checked((int)Length))
        : throw new InvalidOperationException("The matrix is single precision.");

    /// <summary>The elements as floats; only for <see cref="MatrixType.Single"/>.</summary>
    public Span<float> Singles => Type == MatrixType.Single
        ? new Span<float>(Data, checked((int)Length))
        : throw new InvalidOperationException("The matrix is double precision.");

    /// <summary>One element, whatever the kind. Row and column from 0.</summary>
    public double this[int row, int column]
    {
        get => Get((long)row * Columns + column);
        set => Set((long)row * Columns + column, value);
    }

    /// <summary>Element at a position of the row-major order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Get(long index) => Type == MatrixType.Double ? ((double*)Data)[index] : ((float*)Data)[index];

    /// <summary>Sets the element at a position of the row-major order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long index, double value)
    {
        if (Type == MatrixType.Double)
        {
            ((double*)Data)[index] = value;
        }
        else
        {
            ((float*)Data)[index] = (float)value;
        }
    }

    /// <summary>One more holder.</summary>
    public Matrix Retain()
    {
        Interlocked.Increment(ref references);
        return this;
    }

    /// <summary>One holder less; the last one gives the memory back to the pool.</summary>
    public void Release()
    {
        int left = Interlocked.Decrement(ref references);
        if (left == 0)
        {
            Pool.Return(this);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("A matrix was released more often than retained.");
        }
    }

    internal void Start() => references = 1;
}
