using System.Numerics;
using System.Runtime.InteropServices;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Memory;

/// <summary>Native memory for matrices: aligned, kept in size classes, handed out again without clearing; counts bytes against a budget.</summary>
/// <remarks>Thread-safe. After warm-up renting and returning allocate nothing, neither managed nor native.</remarks>
internal sealed unsafe class BufferPool : IDisposable
{
    private const int Alignment = 64;
    private const int SmallestClass = 8;
    private readonly Lock gate = new();
    private readonly Stack<Matrix>[] free = new Stack<Matrix>[4 * 48];
    private readonly Stack<Matrix> freeViews = new();
    private readonly long budget;
    private bool disposed;

    /// <summary>Creates a pool.</summary>
    /// <param name="budget">Most bytes held at any time; <see cref="long.MaxValue"/> for no limit.</param>
    public BufferPool(long budget = long.MaxValue)
    {
        this.budget = budget;
        for (int i = 0; i < free.Length; i++)
        {
            free[i] = new Stack<Matrix>();
        }
    }

    /// <summary>Bytes taken from the system and not given back.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Most bytes that were in use at one time.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>Bytes in use now.</summary>
    public long UsedBytes { get; private set; }

    /// <summary>Rents served from returned memory.</summary>
    public long Hits { get; private set; }

    /// <summary>Rents that took new memory from the system.</summary>
    public long Misses { get; private set; }

    /// <summary>A matrix with one holder; contents are undefined unless <paramref name="clear"/>.</summary>
    /// <exception cref="Keras2DmlException">The budget would be exceeded.</exception>
    public Matrix Rent(int rows, int columns, MatrixType type, bool clear = false)
    {
        long bytes = Math.Max(1, (long)rows * columns) * (type == MatrixType.Double ? 8 : 4);
        int index = ClassOf(bytes, out long capacity);
        Matrix? matrix;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (free[index].TryPop(out matrix))
            {
                Hits++;
            }
            else
            {
                if (HeldBytes + capacity > budget)
                {
                    Trim();
                    if (HeldBytes + capacity > budget)
                    {
                        throw RuntimeErrors.MemoryBudget.With(rows, columns, capacity, UsedBytes, budget);
                    }
                }

                Misses++;
                HeldBytes += capacity;
                matrix = new Matrix(this) { Data = NativeMemory.AlignedAlloc((nuint)capacity, Alignment), Capacity = capacity };
            }

            UsedBytes += capacity;
            PeakBytes = Math.Max(PeakBytes, UsedBytes);
        }

        matrix.Rows = rows;
        matrix.Columns = columns;
        matrix.Type = type;
        matrix.Start();
        if (clear)
        {
            NativeMemory.Clear(matrix.Data, (nuint)bytes);
        }

        return matrix;
    }

    /// <summary>A view of consecutive rows that shares memory; one holder. Rows from 0.</summary>
    public Matrix View(Matrix source, int firstRow, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, source.Rows - firstRow);
        int size = source.Type == MatrixType.Double ? 8 : 4;
        return Share(source, (byte*)source.Data + (long)firstRow * source.Columns * size, rows, source.Columns);
    }

    /// <summary>The same elements in row-major order under another shape, sharing memory; one holder.</summary>
    public Matrix Reshape(Matrix source, int rows, int columns)
    {
        if ((long)rows * columns != source.Length)
        {
            throw new ArgumentException($"Expected {source.Length} cells. Received: {rows} x {columns}.", nameof(rows));
        }

        return Share(source, source.Data, rows, columns);
    }

    private Matrix Share(Matrix source, void* data, int rows, int columns)
    {
        Matrix? view;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!freeViews.TryPop(out view))
            {
                view = new Matrix(this);
            }
        }

        Matrix owner = source.Parent ?? source;
        view.Parent = owner.Retain();
        view.Data = data;
        view.Rows = rows;
        view.Columns = columns;
        view.Type = source.Type;
        view.Start();
        return view;
    }

    internal void Return(Matrix matrix)
    {
        Matrix? parent = matrix.Parent;
        lock (gate)
        {
            if (parent is not null)
            {
                matrix.Parent = null;
                matrix.Data = null;
                freeViews.Push(matrix);
            }
            else
            {
                UsedBytes -= matrix.Capacity;
                if (disposed)
                {
                    Free(matrix);
                }
                else
                {
                    free[ClassOf(matrix.Capacity, out _)].Push(matrix);
                }
            }
        }

        parent?.Release();
    }

    /// <summary>Gives unused memory back to the system.</summary>
    public void Trim()
    {
        lock (gate)
        {
            foreach (Stack<Matrix> stack in free)
            {
                while (stack.TryPop(out Matrix? matrix))
                {
                    Free(matrix);
                }
            }
        }
    }

    /// <summary>Gives unused memory back; matrices still held free theirs when released.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (!disposed)
            {
                Trim();
                disposed = true;
            }
        }
    }

    private void Free(Matrix matrix)
    {
        HeldBytes -= matrix.Capacity;
        NativeMemory.AlignedFree(matrix.Data);
        matrix.Data = null;
    }

    // Four classes per power of two: at most a quarter is wasted. A capacity that is a class maps to itself.
    private static int ClassOf(long bytes, out long capacity)
    {
        long units = Math.Max(SmallestClass, (bytes + Alignment - 1) / Alignment);
        int power = 63 - BitOperations.LeadingZeroCount((ulong)units);
        long quarter = 1L << (power - 2);
        long steps = (units - (1L << power) + quarter - 1) / quarter;
        if (steps == 4)
        {
            power++;
            steps = 0;
            quarter <<= 1;
        }

        capacity = ((1L << power) + steps * quarter) * Alignment;
        return 4 * power + (int)steps;
    }
}
