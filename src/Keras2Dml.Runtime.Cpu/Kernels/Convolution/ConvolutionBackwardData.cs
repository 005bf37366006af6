using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>Gradient of a convolution with respect to its input.</summary>
internal static unsafe class ConvolutionBackwardData<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private struct Job
    {
        public ConvolutionShape Shape;
        public MicroKernelSet<T> Set;
        public T* Filters, Dy, Dx;
        public byte* Scratch;
        public nint ScratchBytes;
    }

    /// <summary>Computes dX: N x (C*H*W) from dY: N x (K*P*Q).</summary>
    public static void Run(in ConvolutionShape s, T* filters, T* dy, T* dx, in MicroKernelSet<T> set, BufferPool pool, WorkerPool threads)
    {
        if (s.N == 0 || s.C * s.H * s.W == 0)
        {
            return;
        }

        int spanH = s.DilationH * (s.R - 1), spanW = s.DilationW * (s.S - 1);
        int top = spanH - s.Top, left = spanW - s.Left;
        int bottom = s.H + spanH - s.P - top, right = s.W + spanW - s.Q - left;
        if (s.StrideH == 1 && s.StrideW == 1 && top >= 0 && left >= 0 && bottom >= 0 && right >= 0)
        {
            // With stride 1 it is a convolution of dY with the rotated filters, channels and filters exchanged.
            var turned = new ConvolutionShape
            {
                N = s.N, C = s.K, H = s.P, W = s.Q, K = s.C, R = s.R, S = s.S, StrideH = 1, StrideW = 1,
                DilationH = s.DilationH, DilationW = s.DilationW, Groups = s.Groups, Top = top, Bottom = bottom, Left = left, Right = right,
            };
            Matrix rotated = Scratch.Rent(pool, ((long)s.K * s.FilterLength + 16) * sizeof(T));
            Rotate(s, filters, (T*)rotated.Data);
            ConvolutionForward<T>.Run(turned, dy, (T*)rotated.Data, null, false, dx, set, pool, threads);
            rotated.Release();
            return;
        }

        var job = new Job { Shape = s, Set = set, Filters = filters, Dy = dy, Dx = dx };
        nint columns = ((nint)s.FilterLength * s.P * s.Q + 64) * sizeof(T);
        job.ScratchBytes = (columns + Gemm<T>.ScratchBytes(set, s.FilterLength, s.P * s.Q, s.K / s.Groups, true) + 127) / 128 * 128 + 128;
        Matrix scratch = Scratch.Rent(pool, job.ScratchBytes * Math.Min(s.N, threads.Count));
        job.Scratch = (byte*)scratch.Data;
        threads.Run(s.N, &job, &Image);
        scratch.Release();
    }

    // to: C x (K/groups * R * S) per group, each filter turned by 180 degrees.
    private static void Rotate(in ConvolutionShape s, T* from, T* to)
    {
        int rs = s.R * s.S, channels = s.C / s.Groups, filters = s.K / s.Groups;
        for (int g = 0; g < s.Groups; g++)
        {
            for (int k = 0; k < filters; k++)
            {
                for (int c = 0; c < channels; c++)
                {
                    T* source = from + ((nint)(g * filters + k) * channels + c) * rs;
                    T* d = to + ((nint)(g * channels + c) * filters + k) * rs;
                    for (int i = 0; i < rs; i++)
                    {
                        d[i] = source[rs - 1 - i];
                    }
                }
            }
        }
    }

    // Any stride: the window cells of every output cell by a multiply, then added where they came from (col2im).
    private static void Image(void* state, int n)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionShape s = ref job.Shape;
        byte* scratch = job.Scratch + WorkerPool.ThreadIndex * job.ScratchBytes;
        int cells = s.P * s.Q, length = s.FilterLength, channels = s.C / s.Groups, filters = s.K / s.Groups;
        T* columns = (T*)scratch;
        byte* blocks = scratch + (((nint)length * cells + 64) * sizeof(T) + 127) / 128 * 128;
        new Span<T>(job.Dx + (nint)n * s.C * s.H * s.W, s.C * s.H * s.W).Clear();
        for (int g = 0; g < s.Groups; g++)
        {
            var multiply = new GemmOperands<T>
            {
                M = length, N = cells, K = filters,
                A = job.Filters + (nint)g * filters * length, LdA = length, TransposedA = true,
                B = job.Dy + ((nint)n * s.K + g * filters) * cells, LdB = cells,
                C = columns, LdC = cells,
            };
            Gemm<T>.Block(multiply, job.Set, blocks, false, false);
            T* from = columns;
            for (int c = 0; c < channels; c++)
            {
                T* plane = job.Dx + ((nint)n * s.C + g * channels + c) * s.H * s.W;
                for (int r = 0; r < s.R; r++)
                {
                    for (int t = 0; t < s.S; t++, from += cells)
                    {
                        AddWindow(s, plane, from, r * s.DilationH - s.Top, t * s.DilationW - s.Left);
                    }
                }
            }
        }
    }

    private static void AddWindow(in ConvolutionShape s, T* plane, T* from, int y0, int x0)
    {
        for (int p = 0; p < s.P; p++)
        {
            int y = p * s.StrideH + y0;
            if (y < 0 || y >= s.H)
            {
                continue;
            }

            T* row = plane + (nint)y * s.W;
            T* source = from + (nint)p * s.Q;
            for (int q = 0; q < s.Q; q++)
            {
                int x = q * s.StrideW + x0;
                if (x >= 0 && x < s.W)
                {
                    row[x] += source[q];
                }
            }
        }
    }
}
