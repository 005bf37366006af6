using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>Transpose, axis permutation.</summary>
internal static unsafe class TransposeKernel
{
    private const int Tile = 32;

    private struct Job
    {
        public void* From, To;
        public int Rows, Columns, Parts, Planes;
        public int Size;
    }

    /// <summary>t(X).</summary>
    public static void Run(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.Pool.Rent(a.Columns, a.Rows, a.Type);
        Planes(ref call, a.Data, result.Data, 1, a.Rows, a.Columns, Element.Size(a.Type));
        call.Return(0, result);
    }

    /// <summary>Reorders the axes of the arrays A x B x C that are the rows of X. Inputs: X, A, B, C, and for each result axis the number of X's axis (from 1).</summary>
    public static void Permute(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        Span<int> sizes = [call.Integer(1), call.Integer(2), call.Integer(3)];
        Span<int> order = [call.Integer(4) - 1, call.Integer(5) - 1, call.Integer(6) - 1];
        if ((long)sizes[0] * sizes[1] * sizes[2] != x.Columns)
        {
            throw KernelErrors.Shape.With("permute", $"{sizes[0]} * {sizes[1]} * {sizes[2]} columns", x.Rows, x.Columns);
        }

        if ((1 << order[0] | 1 << order[1] | 1 << order[2]) != 7)
        {
            throw KernelErrors.Value.With("permute", "each of the axes 1, 2, 3 once", $"{order[0] + 1}, {order[1] + 1}, {order[2] + 1}");
        }

        int size = Element.Size(x.Type);
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
        switch (order)
        {
            case [1, 2, 0]:
                Planes(ref call, x.Data, result.Data, x.Rows, sizes[0], sizes[1] * sizes[2], size);
                break;
            case [2, 0, 1]:
                Planes(ref call, x.Data, result.Data, x.Rows, sizes[0] * sizes[1], sizes[2], size);
                break;
            case [0, 2, 1]:
                Planes(ref call, x.Data, result.Data, x.Rows * sizes[0], sizes[1], sizes[2], size);
                break;
            default:
                Runs(x, result, sizes, order, size);
                break;
        }

        call.Return(0, result);
    }

    // Any order, run by run of the last axis.
    private static void Runs(Matrix x, Matrix result, ReadOnlySpan<int> sizes, ReadOnlySpan<int> order, int size)
    {
        ReadOnlySpan<long> steps = [(long)sizes[1] * sizes[2] * size, (long)sizes[2] * size, size];
        byte* to = (byte*)result.Data;
        for (int n = 0; n < x.Rows; n++)
        {
            byte* row = (byte*)x.Data + (long)n * x.Columns * size;
            for (int i = 0; i < sizes[order[0]]; i++)
            {
                for (int j = 0; j < sizes[order[1]]; j++)
                {
                    byte* from = row + i * steps[order[0]] + j * steps[order[1]];
                    int length = sizes[order[2]];
                    if (order[2] == 2)
                    {
                        Buffer.MemoryCopy(from, to, (long)length * size, (long)length * size);
                        to += (long)length * size;
                        continue;
                    }

                    for (int k = 0; k < length; k++, from += steps[order[2]], to += size)
                    {
                        Buffer.MemoryCopy(from, to, size, size);
                    }
                }
            }
        }
    }

    /// <summary>Transposes each of the planes of rows x columns.</summary>
    private static void Planes(ref KernelCall call, void* from, void* to, int planes, int rows, int columns, int size)
    {
        var job = new Job { From = from, To = to, Planes = planes, Rows = rows, Columns = columns, Size = size };
        int strips = (rows + Tile - 1) / Tile;
        job.Parts = Partition.Parts((long)planes * strips, (long)Tile * columns);
        call.Threads.Run(job.Parts, &job, &Part);
    }

    private static void Part(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        int strips = (job.Rows + Tile - 1) / Tile;
        long end = Partition.Begin((long)job.Planes * strips, job.Parts, part + 1);
        for (long s = Partition.Begin((long)job.Planes * strips, job.Parts, part); s < end; s++)
        {
            long plane = s / strips * job.Rows * job.Columns;
            int first = (int)(s % strips) * Tile, last = Math.Min(job.Rows, first + Tile);
            if (job.Size == 4)
            {
                Strip((uint*)job.From + plane, (uint*)job.To + plane, first, last, job.Rows, job.Columns);
            }
            else
            {
                Strip((ulong*)job.From + plane, (ulong*)job.To + plane, first, last, job.Rows, job.Columns);
            }
        }
    }

    private static void Strip<T>(T* from, T* to, int first, int last, int rows, int columns)
        where T : unmanaged
    {
        for (int j0 = 0; j0 < columns; j0 += Tile)
        {
            int j1 = Math.Min(columns, j0 + Tile);
            for (int j = j0; j < j1; j++)
            {
                T* d = to + (nint)j * rows;
                T* s = from + j;
                for (int i = first; i < last; i++)
                {
                    d[i] = s[(nint)i * columns];
                }
            }
        }
    }
}
