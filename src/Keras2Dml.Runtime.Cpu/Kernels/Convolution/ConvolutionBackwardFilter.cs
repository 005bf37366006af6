using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>Gradient of a convolution with respect to its filters: window cells times dY, summed over images.</summary>
/// <remarks>Images are dealt to a number of sums that depends on the shape only; the sums are added in order.</remarks>
internal static unsafe class ConvolutionBackwardFilter<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long MostSumBytes = 64 << 20;

    private struct Job
    {
        public ConvolutionShape Shape;
        public MicroKernelSet<T> Set;
        public T* X, Dy, Dw, Sums;
        public nint* Offsets;
        public int Rows, Stride, Parts, ReduceParts;
        public byte* Scratch;
        public nint ScratchBytes;

        /// <summary>Cells of one part's sums: C*R*S/groups * groups rows of Stride.</summary>
        public readonly nint SumLength => (nint)Shape.FilterLength * Shape.Groups * Stride;
    }

    /// <summary>Computes dW: K x (C/groups * R * S).</summary>
    public static void Run(in ConvolutionShape s, T* x, T* dy, T* dw, in MicroKernelSet<T> set, BufferPool pool, WorkerPool threads)
    {
        int length = s.FilterLength;
        if (s.N == 0 || s.P * s.Q == 0)
        {
            new Span<T>(dw, s.K * length).Clear();
            return;
        }

        int filters = s.K / s.Groups;
        var job = new Job { Shape = s, Set = set, X = x, Dy = dy, Dw = dw, Stride = (filters + set.Columns - 1) / set.Columns * set.Columns };
        long bytes = job.SumLength * sizeof(T);
        job.Parts = (int)Math.Clamp(MostSumBytes / Math.Max(1, bytes), Math.Min(2, s.N), Math.Min(16, s.N));

        // So many output rows at a time that the panel of window cells stays in the first-level cache.
        job.Rows = Math.Clamp(1800 / sizeof(T) / s.Q, 1, s.P);
        nint image = ((nint)s.C * s.PaddedH * s.PaddedW + Padded.Slack + 15) & ~(nint)15;
        nint a = (nint)16 * (job.Rows * s.Q + 32);
        nint b = (nint)job.Rows * s.Q * job.Stride + 64;
        job.ScratchBytes = ((image + a + b) * sizeof(T) + 255) / 128 * 128;
        Matrix sums = Scratch.Rent(pool, bytes * job.Parts);
        Matrix offsets = Scratch.Rent(pool, (length + 16) * (long)sizeof(nint));
        Matrix scratch = Scratch.Rent(pool, job.ScratchBytes * Math.Min(job.Parts, threads.Count));
        job.Sums = (T*)sums.Data;
        job.Offsets = (nint*)offsets.Data;
        job.Scratch = (byte*)scratch.Data;
        ConvolutionForward<T>.Offsets(s, job.Offsets);
        new Span<nint>(job.Offsets + length, 16).Fill(job.Offsets[length - 1]);
        threads.Run(job.Parts, &job, &Images);
        job.ReduceParts = Partition.Parts(length * s.Groups, (long)filters * job.Parts);
        threads.Run(job.ReduceParts, &job, &Reduce);
        scratch.Release();
        offsets.Release();
        sums.Release();
    }

    private static void Images(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionShape s = ref job.Shape;
        T* image = (T*)(job.Scratch + WorkerPool.ThreadIndex * job.ScratchBytes);
        T* a = image + (((nint)s.C * s.PaddedH * s.PaddedW + Padded.Slack + 15) & ~(nint)15);
        T* b = a + (nint)16 * (job.Rows * s.Q + 32);
        T* sums = job.Sums + part * job.SumLength;
        int first = (int)Partition.Begin(s.N, job.Parts, part), end = (int)Partition.Begin(s.N, job.Parts, part + 1);
        int cells = s.P * s.Q, filters = s.K / s.Groups, channels = s.C / s.Groups;
        for (int n = first; n < end; n++)
        {
            Padded.Copy(job.X + (nint)n * s.C * s.H * s.W, image, s.C, s);
            for (int g = 0; g < s.Groups; g++)
            {
                Image(ref job, image + (nint)g * channels * s.PaddedH * s.PaddedW, job.Dy + ((nint)n * s.K + g * filters) * cells, sums + (nint)g * s.FilterLength * job.Stride, a, b, n > first);
            }
        }
    }

    private static void Image(ref Job job, T* image, T* dy, T* sums, T* a, T* b, bool accumulate)
    {
        ref ConvolutionShape s = ref job.Shape;
        int length = s.FilterLength, filters = s.K / s.Groups, cells = s.P * s.Q, nr = job.Set.Columns;
        int panels = (length + job.Set.Rows - 1) / job.Set.Rows;
        for (int p0 = 0; p0 < s.P; p0 += job.Rows)
        {
            int rows = Math.Min(job.Rows, s.P - p0), kc = rows * s.Q;
            Packing.PackB(job.Set, dy + p0 * s.Q, cells, true, kc, filters, b);
            int row = 0;
            for (int p = 0; p < panels; p++)
            {
                int mr = Packing.PanelRows(length, job.Set.Rows, p);
                PackWindows(ref job, image, job.Offsets + row, p0, rows, mr, a);
                for (int j = 0; j < filters; j += nr)
                {
                    job.Set.Packed[mr](kc, a, b + (nint)j * kc, nr, sums + (nint)row * job.Stride + j, job.Stride, accumulate || p0 > 0 ? 1 : 0);
                }

                row += mr;
            }
        }
    }

    // a: (rows * Q) x mr, the cell of each window at mr filter positions.
    private static void PackWindows(ref Job job, T* image, nint* offsets, int p0, int rows, int mr, T* a)
    {
        ref ConvolutionShape s = ref job.Shape;
        bool transpose = sizeof(T) == 4 && s.StrideW == 1 && job.Set.InstructionSet == InstructionSet.Avx512;
        for (int y = 0; y < rows; y++, a += (nint)s.Q * mr)
        {
            T* from = image + (nint)(p0 + y) * s.StrideH * s.PaddedW;
            if (transpose)
            {
                // Whole squares of 16: what goes beyond Q cells or mr positions is overwritten or never read.
                for (int x = 0; x < s.Q; x += 16)
                {
                    Transpose16.Run((float*)(from + x), offsets, (float*)(a + (nint)x * mr), mr);
                }

                continue;
            }

            for (int x = 0; x < s.Q; x++)
            {
                T* d = a + (nint)x * mr;
                T* source = from + (nint)x * s.StrideW;
                for (int i = 0; i < mr; i++)
                {
                    d[i] = source[offsets[i]];
                }
            }
        }
    }

    private static void Reduce(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        int length = job.Shape.FilterLength, filters = job.Shape.K / job.Shape.Groups;
        long end = Partition.Begin((long)length * job.Shape.Groups, job.ReduceParts, part + 1);
        for (long i = Partition.Begin((long)length * job.Shape.Groups, job.ReduceParts, part); i < end; i++)
        {
            T* row = job.Sums + (nint)i * job.Stride;
            for (int p = 1; p < job.Parts; p++)
            {
                T* other = row + p * job.SumLength;
                for (int k = 0; k < filters; k++)
                {
                    row[k] += other[k];
                }
            }

            long g = i / length, q = i % length;
            T* to = job.Dw + g * filters * length + q;
            for (int k = 0; k < filters; k++)
            {
                to[(nint)k * length] = row[k];
            }
        }
    }
}
