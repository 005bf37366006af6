using System.Runtime.Intrinsics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Sums of single-precision matrices: plain sums in double precision are exact enough and vectorize.</summary>
internal static unsafe class SingleSums
{
    private const int Strip = 64;

    private struct Job
    {
        public float* From, To;
        public double* Totals;
        public int Rows, Columns, Parts;
        public double Divisor;
    }

    /// <summary>Sum over all cells.</summary>
    public static double All(ref KernelCall call, Matrix a)
    {
        int parts = Partition.Parts(a.Length, 1);
        double* totals = stackalloc double[parts];
        var job = new Job { From = (float*)a.Data, Totals = totals, Rows = a.Rows, Columns = a.Columns, Parts = parts };
        call.Threads.Run(parts, &job, &AllPart);
        double sum = 0;
        for (int i = 0; i < parts; i++)
        {
            sum += totals[i];
        }

        return sum;
    }

    /// <summary>Rows x 1: the sum of each row, divided.</summary>
    public static Matrix Rows(ref KernelCall call, Matrix a, double divisor)
    {
        Matrix result = call.Pool.Rent(a.Rows, 1, MatrixType.Single);
        var job = new Job { From = (float*)a.Data, To = (float*)result.Data, Rows = a.Rows, Columns = a.Columns, Divisor = divisor, Parts = Partition.Parts(a.Rows, a.Columns) };
        call.Threads.Run(job.Parts, &job, &RowPart);
        return result;
    }

    /// <summary>1 x columns: the sum of each column, divided.</summary>
    public static Matrix Columns(ref KernelCall call, Matrix a, double divisor)
    {
        Matrix result = call.Pool.Rent(1, a.Columns, MatrixType.Single);
        int strips = (a.Columns + Strip - 1) / Strip;
        var job = new Job { From = (float*)a.Data, To = (float*)result.Data, Rows = a.Rows, Columns = a.Columns, Divisor = divisor, Parts = Partition.Parts(strips, (long)a.Rows * Strip) };
        call.Threads.Run(job.Parts, &job, &ColumnPart);
        return result;
    }

    /// <summary>Sum of n floats in double precision.</summary>
    public static double Sum(float* x, long n)
    {
        Vector512<double> a = Vector512<double>.Zero, b = a;
        long i = 0;
        for (; i <= n - 16; i += 16)
        {
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(x + i));
            a += lower;
            b += upper;
        }

        double sum = Vector512.Sum(a + b);
        for (; i < n; i++)
        {
            sum += x[i];
        }

        return sum;
    }

    private static void AllPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        long length = (long)job.Rows * job.Columns;
        long begin = Partition.Begin(length, job.Parts, part), end = Partition.Begin(length, job.Parts, part + 1);
        job.Totals[part] = Sum(job.From + begin, end - begin);
    }

    private static void RowPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        long end = Partition.Begin(job.Rows, job.Parts, part + 1);
        for (long i = Partition.Begin(job.Rows, job.Parts, part); i < end; i++)
        {
            job.To[i] = (float)(Sum(job.From + i * job.Columns, job.Columns) / job.Divisor);
        }
    }

    private static void ColumnPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        int strips = (job.Columns + Strip - 1) / Strip;
        long end = Partition.Begin(strips, job.Parts, part + 1);
        double* sums = stackalloc double[Strip];
        for (long s = Partition.Begin(strips, job.Parts, part); s < end; s++)
        {
            int first = (int)s * Strip, n = Math.Min(Strip, job.Columns - first);
            new Span<double>(sums, Strip).Clear();
            for (int i = 0; i < job.Rows; i++)
            {
                float* row = job.From + (long)i * job.Columns + first;
                int j = 0;
                for (; j <= n - 16; j += 16)
                {
                    (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(Vector512.Load(row + j));
                    (Vector512.Load(sums + j) + lower).Store(sums + j);
                    (Vector512.Load(sums + j + 8) + upper).Store(sums + j + 8);
                }

                for (; j < n; j++)
                {
                    sums[j] += row[j];
                }
            }

            for (int j = 0; j < n; j++)
            {
                job.To[first + j] = (float)(sums[j] / job.Divisor);
            }
        }
    }
}
