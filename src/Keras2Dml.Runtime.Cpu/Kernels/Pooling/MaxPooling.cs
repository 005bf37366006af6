using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Pooling;

/// <summary>Maximum over windows and its gradient. Padding never wins; the first maximum in row-major order takes the gradient, overlaps add up.</summary>
internal static unsafe class MaxPooling<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private struct Job
    {
        public PoolingShape Shape;
        public T* X, Dy, To;
        public int Parts;

        /// <summary>A cell takes a gradient only when it is greater.</summary>
        public T Floor;
    }

    private static T Lowest => sizeof(T) == 8 ? T.CreateTruncating(double.MinValue) : T.CreateTruncating(float.MinValue);

    /// <summary>y: N x (C*P*Q).</summary>
    public static void Forward(in PoolingShape s, T* x, T* y, WorkerPool threads)
    {
        long planes = (long)s.N * s.C;
        var job = new Job { Shape = s, X = x, To = y, Parts = Partition.Parts(planes, (long)s.H * s.W) };
        threads.Run(job.Parts, &job, IsHalving(s) ? &HalvingPart : &ForwardPart);
    }

    /// <summary>dx: N x (C*H*W). With <paramref name="positive"/> only cells above 0 take gradients.</summary>
    public static void Backward(in PoolingShape s, bool positive, T* x, T* dy, T* dx, WorkerPool threads)
    {
        long planes = (long)s.N * s.C;
        var job = new Job { Shape = s, Floor = positive ? T.Zero : Lowest, X = x, Dy = dy, To = dx, Parts = Partition.Parts(planes, (long)s.H * s.W) };
        threads.Run(job.Parts, &job, IsHalving(s) ? &HalvingBackwardPart : &BackwardPart);
    }

    // 2 x 2 windows side by side without padding: the common case.
    private static bool IsHalving(in PoolingShape s) =>
        s.R == 2 && s.S == 2 && s.StrideH == 2 && s.StrideW == 2 && (s.Top | s.Bottom | s.Left | s.Right) == 0;

    private static void ForwardPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref PoolingShape s = ref job.Shape;
        long planes = (long)s.N * s.C, end = Partition.Begin(planes, job.Parts, part + 1);
        int height = s.P, width = s.Q;
        for (long i = Partition.Begin(planes, job.Parts, part); i < end; i++)
        {
            T* plane = job.X + i * s.H * s.W;
            T* to = job.To + i * height * width;
            for (int p = 0; p < height; p++)
            {
                s.RowRange(p, out int y0, out int y1);
                for (int q = 0; q < width; q++)
                {
                    s.ColumnRange(q, out int x0, out int x1);
                    T best = Lowest;
                    for (int y = y0; y < y1; y++)
                    {
                        for (int x = x0; x < x1; x++)
                        {
                            best = T.Max(best, plane[(nint)y * s.W + x]);
                        }
                    }

                    *to++ = best;
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
            T* plane = job.X + i * s.H * s.W;
            T* to = job.To + i * s.H * s.W;
            T* dy = job.Dy + i * height * width;
            new Span<T>(to, s.H * s.W).Clear();
            for (int p = 0; p < height; p++)
            {
                s.RowRange(p, out int y0, out int y1);
                for (int q = 0; q < width; q++)
                {
                    s.ColumnRange(q, out int x0, out int x1);
                    T best = job.Floor;
                    nint winner = -1;
                    for (int y = y0; y < y1; y++)
                    {
                        for (int x = x0; x < x1; x++)
                        {
                            T v = plane[(nint)y * s.W + x];
                            if (v > best)
                            {
                                best = v;
                                winner = (nint)y * s.W + x;
                            }
                        }
                    }

                    if (winner >= 0)
                    {
                        to[winner] += *dy;
                    }

                    dy++;
                }
            }
        }
    }

    private static void HalvingPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref PoolingShape s = ref job.Shape;
        long planes = (long)s.N * s.C, end = Partition.Begin(planes, job.Parts, part + 1);
        int height = s.P, width = s.Q;
        for (long i = Partition.Begin(planes, job.Parts, part); i < end; i++)
        {
            T* top = job.X + i * s.H * s.W;
            T* to = job.To + i * height * width;
            for (int p = 0; p < height; p++, top += 2 * s.W, to += width)
            {
                T* bottom = top + s.W;
                int q = 0;
                if (sizeof(T) == 4 && Processor.Has(InstructionSet.Avx512))
                {
                    for (; q <= width - 16; q += 16)
                    {
                        Halve16((float*)top + 2 * q, (float*)bottom + 2 * q).Store((float*)to + q);
                    }
                }

                if (sizeof(T) == 4 && Processor.Has(InstructionSet.Avx2))
                {
                    for (; q <= width - 8; q += 8)
                    {
                        Halve8((float*)top + 2 * q, (float*)bottom + 2 * q).Store((float*)to + q);
                    }

                    // The last few again with full vectors: every cell is computed alike, whatever its place.
                    if (q < width && width >= 8)
                    {
                        q = width - 8;
                        Halve8((float*)top + 2 * q, (float*)bottom + 2 * q).Store((float*)to + q);
                        q = width;
                    }
                }

                for (; q < width; q++)
                {
                    to[q] = T.Max(Lowest, T.Max(T.Max(top[2 * q], top[2 * q + 1]), T.Max(bottom[2 * q], bottom[2 * q + 1])));
                }
            }
        }
    }

    private static Vector512<float> Halve16(float* top, float* bottom)
    {
        Vector512<int> even = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        Vector512<float> low = Vector512.Max(Vector512.Load(top), Vector512.Load(bottom));
        Vector512<float> high = Vector512.Max(Vector512.Load(top + 16), Vector512.Load(bottom + 16));
        Vector512<float> max = Vector512.Max(Avx512F.PermuteVar16x32x2(low, even, high), Avx512F.PermuteVar16x32x2(low, even + Vector512<int>.One, high));
        return Vector512.Max(max, Vector512.Create(float.MinValue));
    }

    private static Vector256<float> Halve8(float* top, float* bottom)
    {
        Vector256<float> low = Vector256.Max(Vector256.Load(top), Vector256.Load(bottom));
        Vector256<float> high = Vector256.Max(Vector256.Load(top + 8), Vector256.Load(bottom + 8));

        // Even and odd columns; the halves come out interleaved by 64 bits.
        Vector256<float> even = Avx.Shuffle(low, high, 0x88), odd = Avx.Shuffle(low, high, 0xDD);
        Vector256<float> max = Avx2.Permute4x64(Vector256.Max(even, odd).AsDouble(), 0xD8).AsSingle();
        return Vector256.Max(max, Vector256.Create(float.MinValue));
    }

    private static void HalvingBackwardPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref PoolingShape s = ref job.Shape;
        long planes = (long)s.N * s.C, end = Partition.Begin(planes, job.Parts, part + 1);
        int height = s.P, width = s.Q;
        float floor = float.CreateTruncating(job.Floor);
        for (long i = Partition.Begin(planes, job.Parts, part); i < end; i++)
        {
            T* x = job.X + i * s.H * s.W;
            T* to = job.To + i * s.H * s.W;
            T* dy = job.Dy + i * height * width;
            for (int p = 0; p < height; p++, x += 2 * s.W, to += 2 * s.W, dy += width)
            {
                T* a = x, b = x + s.W, da = to, db = to + s.W;
                int q = 0;
                if (sizeof(T) == 4 && Processor.Has(InstructionSet.Avx512))
                {
                    for (; q <= width - 16; q += 16)
                    {
                        Spread16((float*)a + 2 * q, (float*)b + 2 * q, (float*)dy + q, (float*)da + 2 * q, (float*)db + 2 * q, floor);
                    }

                    if (q < width && width >= 16)
                    {
                        q = width - 16;
                        Spread16((float*)a + 2 * q, (float*)b + 2 * q, (float*)dy + q, (float*)da + 2 * q, (float*)db + 2 * q, floor);
                        q = width;
                    }
                }

                if (sizeof(T) == 4 && Processor.Has(InstructionSet.Avx2))
                {
                    for (; q <= width - 8; q += 8)
                    {
                        Spread8((float*)a + 2 * q, (float*)b + 2 * q, (float*)dy + q, (float*)da + 2 * q, (float*)db + 2 * q, floor);
                    }

                    if (q < width && width >= 8)
                    {
                        q = width - 8;
                        Spread8((float*)a + 2 * q, (float*)b + 2 * q, (float*)dy + q, (float*)da + 2 * q, (float*)db + 2 * q, floor);
                        q = width;
                    }
                }

                for (; q < width; q++)
                {
                    int j = 2 * q;
                    T best = job.Floor, g = dy[q];
                    int winner = -1;
                    Take(a[j], 0, ref best, ref winner);
                    Take(a[j + 1], 1, ref best, ref winner);
                    Take(b[j], 2, ref best, ref winner);
                    Take(b[j + 1], 3, ref best, ref winner);
                    da[j] = winner == 0 ? g : T.Zero;
                    da[j + 1] = winner == 1 ? g : T.Zero;
                    db[j] = winner == 2 ? g : T.Zero;
                    db[j + 1] = winner == 3 ? g : T.Zero;
                }

                if (2 * width < s.W)
                {
                    da[2 * width] = db[2 * width] = T.Zero;
                }
            }

            if (2 * height < s.H)
            {
                new Span<T>(to, s.W).Clear();
            }
        }
    }

    private static void Take(T v, int position, ref T best, ref int winner)
    {
        if (v > best)
        {
            best = v;
            winner = position;
        }
    }

    private static void Spread16(float* a, float* b, float* dy, float* da, float* db, float floor)
    {
        Vector512<int> even = Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), odd = even + Vector512<int>.One;
        Vector512<int> low = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), high = low + Vector512.Create(8);
        Vector512<float> a0 = Vector512.Load(a), a1 = Vector512.Load(a + 16), b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), g = Vector512.Load(dy);
        Vector512<float> v0 = Avx512F.PermuteVar16x32x2(a0, even, a1), v1 = Avx512F.PermuteVar16x32x2(a0, odd, a1);
        Vector512<float> v2 = Avx512F.PermuteVar16x32x2(b0, even, b1), v3 = Avx512F.PermuteVar16x32x2(b0, odd, b1);

        // Each later cell takes the gradient over only when it is greater; NaN compares false and never wins.
        Vector512<float> best = Vector512.Create(floor);
        Vector512<float> w0 = Vector512.GreaterThan(v0, best);
        best = Vector512.ConditionalSelect(w0, v0, best);
        Vector512<float> w1 = Vector512.GreaterThan(v1, best);
        best = Vector512.ConditionalSelect(w1, v1, best);
        Vector512<float> w2 = Vector512.GreaterThan(v2, best);
        best = Vector512.ConditionalSelect(w2, v2, best);
        Vector512<float> w3 = Vector512.GreaterThan(v3, best);
        Vector512<float> g3 = g & w3, g2 = Vector512.AndNot(g & w2, w3), g1 = Vector512.AndNot(Vector512.AndNot(g & w1, w2), w3);
        Vector512<float> g0 = Vector512.AndNot(Vector512.AndNot(Vector512.AndNot(g & w0, w1), w2), w3);
        Avx512F.PermuteVar16x32x2(g0, low, g1).Store(da);
        Avx512F.PermuteVar16x32x2(g0, high, g1).Store(da + 16);
        Avx512F.PermuteVar16x32x2(g2, low, g3).Store(db);
        Avx512F.PermuteVar16x32x2(g2, high, g3).Store(db + 16);
    }

    private static void Spread8(float* a, float* b, float* dy, float* da, float* db, float floor)
    {
        Vector256<float> a0 = Vector256.Load(a), a1 = Vector256.Load(a + 8), b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);

        // Columns in the order 0 1 4 5 2 3 6 7; the gradient is brought into the same order.
        Vector256<float> g = Avx2.Permute4x64(Vector256.Load(dy).AsDouble(), 0xD8).AsSingle();
        Vector256<float> v0 = Avx.Shuffle(a0, a1, 0x88), v1 = Avx.Shuffle(a0, a1, 0xDD), v2 = Avx.Shuffle(b0, b1, 0x88), v3 = Avx.Shuffle(b0, b1, 0xDD);
        Vector256<float> best = Vector256.Create(floor);
        Vector256<float> w0 = Vector256.GreaterThan(v0, best);
        best = Vector256.ConditionalSelect(w0, v0, best);
        Vector256<float> w1 = Vector256.GreaterThan(v1, best);
        best = Vector256.ConditionalSelect(w1, v1, best);
        Vector256<float> w2 = Vector256.GreaterThan(v2, best);
        best = Vector256.ConditionalSelect(w2, v2, best);
        Vector256<float> w3 = Vector256.GreaterThan(v3, best);
        Vector256<float> g3 = g & w3, g2 = Vector256.AndNot(g & w2, w3), g1 = Vector256.AndNot(Vector256.AndNot(g & w1, w2), w3);
        Vector256<float> g0 = Vector256.AndNot(Vector256.AndNot(Vector256.AndNot(g & w0, w1), w2), w3);
        Avx.UnpackLow(g0, g1).Store(da);
        Avx.UnpackHigh(g0, g1).Store(da + 8);
        Avx.UnpackLow(g2, g3).Store(db);
        Avx.UnpackHigh(g2, g3).Store(db + 8);
    }
}
