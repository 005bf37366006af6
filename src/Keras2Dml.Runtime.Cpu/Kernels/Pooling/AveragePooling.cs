using System.Numerics;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Pooling;

/// <summary>Mean over windows and its gradient. Padding counts in the divisor, or does not.</summary>
internal static unsafe class AveragePooling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private struct Job
    {
        public PoolingShape Shape;
        public T* From, To;
        public int Parts;
        public bool CountPadding;
    }

    /// <summary>y: N x (C*P*Q).</summary>
    public static void Forward(in PoolingShape s, bool countPadding, T* x, T* y, WorkerPool threads)
    {
        var job = new Job { Shape = s, CountPadding = countPadding, From = x, To = y, Parts = Partition.Parts((long)s.N * s.C, (long)s.H * s.W) };
        threads.Run(job.Parts, &job, &ForwardPart);
    }

    /// <summary>dx: N x (C*H*W).</summary>
    public static void Backward(in PoolingShape s, bool countPadding, T* dy, T* dx, WorkerPool threads)
    {
        var job = new Job { Shape = s, CountPadding = countPadding, From = dy, To = dx, Parts = Partition.Parts((long)s.N * s.C, (long)s.H * s.W) };
        threads.Run(job.Parts, &job, &BackwardPart);
    }

    private static void ForwardPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref PoolingShape s = ref job.Shape;
        long planes = (long)s.N * s.C, end = Partition.Begin(planes, job.Parts, part + 1);
        int height = s.P, width = s.Q;
        for (long i = Partition.Begin(planes, job.Parts, part); i < end; i++)
        {
            T* plane = job.From + i * s.H * s.W;
            T* to = job.To + i * height * width;
            for (int p = 0; p < height; p++)
            {
                s.RowRange(p, out int y0, out int y1);
                for (int q = 0; q < width; q++)
                {
                    s.ColumnRange(q, out int x0, out int x1);
                    T sum = T.Zero;
                    for (int y = y0; y < y1; y++)
                    {
                        for (int x = x0; x < x1; x++)
                        {
                            sum += plane[(nint)y * s.W + x];
                        }
                    }

                    *to++ = sum / Divisor(job, y1 - y0, x1 - x0);
                }
            }
        }
    }

    private static void BackwardPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref PoolingShape s = ref job.Shape;
        long planes = (long)s.N * s.C, end = Partition.Begin(planes, job.Parts, part + 1);
        int height = s.P, width = s.Q;
        for (long i = Partition.Begin(planes, job.Parts, part); i < end; i++)
        {
            T* to = job.To + i * s.H * s.W;
            T* dy = job.From + i * height * width;
            new Span<T>(to, s.H * s.W).Clear();
            for (int p = 0; p < height; p++)
            {
                s.RowRange(p, out int y0, out int y1);
                for (int q = 0; q < width; q++)
                {
                    s.ColumnRange(q, out int x0, out int x1);
                    T g = *dy++ / Divisor(job, y1 - y0, x1 - x0);
                    for (int y = y0; y < y1; y++)
                    {
                        for (int x = x0; x < x1; x++)
                        {
                            to[(nint)y * s.W + x] += g;
                        }
                    }
                }
            }
        }
    }

    private static T Divisor(in Job job, int height, int width) =>
        T.CreateTruncating(job.CountPadding ? job.Shape.R * job.Shape.S : Math.Max(1, height * width));
}
