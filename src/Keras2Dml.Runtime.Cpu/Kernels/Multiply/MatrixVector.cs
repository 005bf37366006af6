using System.Numerics;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>Matrix times column: bound by reading the matrix once.</summary>
internal static unsafe class MatrixVector<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Strip = 256;

    private struct Job
    {
        public GemmOperands<T> Operands;
        public int Parts;
        public nint StepB;
    }

    /// <summary>c = op(A) * b for operands with N = 1.</summary>
    public static void Run(in GemmOperands<T> o, WorkerPool threads)
    {
        var job = new Job { Operands = o, StepB = o.TransposedB ? 1 : o.LdB };
        if (o.TransposedA)
        {
            int strips = (o.M + Strip - 1) / Strip;
            job.Parts = Partition.Parts(strips, (long)o.K * Strip);
            threads.Run(job.Parts, &job, &ColumnPart);
        }
        else
        {
            job.Parts = Partition.Parts(o.M, o.K);
            threads.Run(job.Parts, &job, &RowPart);
        }
    }

    private static void RowPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref GemmOperands<T> o = ref job.Operands;
        long end = Partition.Begin(o.M, job.Parts, part + 1);
        for (long i = Partition.Begin(o.M, job.Parts, part); i < end; i++)
        {
            T* a = o.A + i * o.LdA;
            Vector<T> sum0 = Vector<T>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            int k = 0, step = Vector<T>.Count;
            if (job.StepB == 1)
            {
                for (; k <= o.K - 4 * step; k += 4 * step)
                {
                    sum0 += Vector.Load(a + k) * Vector.Load(o.B + k);
                    sum1 += Vector.Load(a + k + step) * Vector.Load(o.B + k + step);
                    sum2 += Vector.Load(a + k + 2 * step) * Vector.Load(o.B + k + 2 * step);
                    sum3 += Vector.Load(a + k + 3 * step) * Vector.Load(o.B + k + 3 * step);
                }
            }

            T sum = Vector.Sum((sum0 + sum1) + (sum2 + sum3));
            for (; k < o.K; k++)
            {
                sum += a[k] * o.B[k * job.StepB];
            }

            o.C[i * o.LdC] = Finish(o, sum);
        }
    }

    // A is stored K x M: rows of it are added up, a strip of columns at a time.
    private static void ColumnPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref GemmOperands<T> o = ref job.Operands;
        int strips = (o.M + Strip - 1) / Strip;
        T* sums = stackalloc T[Strip];
        long end = Partition.Begin(strips, job.Parts, part + 1);
        for (long s = Partition.Begin(strips, job.Parts, part); s < end; s++)
        {
            int first = (int)s * Strip, n = Math.Min(Strip, o.M - first);
            new Span<T>(sums, Strip).Clear();
            for (int k = 0; k < o.K; k++)
            {
                T* row = o.A + k * o.LdA + first;
                T b = o.B[k * job.StepB];
                var factor = new Vector<T>(b);
                int j = 0;
                for (; j <= n - Vector<T>.Count; j += Vector<T>.Count)
                {
                    Vector.Store(Vector.Load(sums + j) + Vector.Load(row + j) * factor, sums + j);
                }

                for (; j < n; j++)
                {
                    sums[j] += row[j] * b;
                }
            }

            for (int j = 0; j < n; j++)
            {
                o.C[(first + j) * o.LdC] = Finish(o, sums[j]);
            }
        }
    }

    private static T Finish(in GemmOperands<T> o, T sum)
    {
        T v = o.Bias == null ? sum : sum + *o.Bias;
        return o.Relu ? T.Max(v, T.Zero) : v;
    }
}
