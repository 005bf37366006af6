using System.Numerics;
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

    /// <summary>Rows of X as arrays outer x a x b x inner: a and b change places. Inputs: X, outer, a, b, inner.</summary>
    public static void SwapAxes(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        int outer = call.Integer(1), a = call.Integer(2), b = call.Integer(3), inner = call.Integer(4);
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
        int size = Element.Size(x.Type);
        if (inner == 1)
        {
            Planes(ref call, x.Data, result.Data, x.Rows * outer, a, b, size);
        }
        else
        {
            long block = (long)inner * size;
            byte* to = (byte*)result.Data;
            for (long plane = 0; plane < (long)x.Rows * outer; plane++)
            {
                byte* from = (byte*)x.Data + plane * a * b * block;
                for (int j = 0; j < b; j++)
                {
                    for (int i = 0; i < a; i++, to += block)
                    {
                        Buffer.MemoryCopy(from + ((long)i * b + j) * block, to, block, block);
                    }
                }
            }
        }

        call.Return(0, result);
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
