using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>Y = X convolved with F as a matrix multiply whose right side is gathered panel by panel from the padded images.</summary>
internal static unsafe class ConvolutionForward<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int ColumnBlock = 256;

    private struct Job
    {
        public ConvolutionShape Shape;
        public MicroKernelSet<T> Set;
        public T* X, Y, Weights, Bias;
        public bool Relu;
        public nint* Offsets;
        public int DepthBlock, Images;
        public byte* Scratch;
        public nint ScratchBytes;
    }

    private static int LargestDepth => 2048 / sizeof(T);

    /// <summary>Computes Y: N x (K*P*Q). Bias: K cells added per filter, or null.</summary>
    public static void Run(in ConvolutionShape s, T* x, T* filters, T* bias, bool relu, T* y, in MicroKernelSet<T> set, BufferPool pool, WorkerPool threads)
    {
        int length = s.FilterLength, cells = s.P * s.Q, perGroup = s.K / s.Groups;
        if (s.N == 0 || cells == 0 || s.K == 0)
        {
            return;
        }

        int blocks = (length + LargestDepth - 1) / LargestDepth;
        int depth = Math.Min(LargestDepth, ((length + blocks - 1) / blocks + 3) / 4 * 4);
        Matrix weights = Scratch.Rent(pool, ((long)s.K * length + 64) * sizeof(T));
        Matrix offsets = Scratch.Rent(pool, (long)length * sizeof(nint));
        var job = new Job
        {
            Shape = s, Set = set, X = x, Y = y, Bias = bias, Relu = relu, DepthBlock = depth,
            Weights = (T*)weights.Data, Offsets = (nint*)offsets.Data, Images = ImagesPerPart(s, set.Columns),
        };
        Offsets(s, job.Offsets);
        T* packed = job.Weights;
        for (int g = 0; g < s.Groups; g++)
        {
            for (int k0 = 0; k0 < length; k0 += depth)
            {
                int kc = Math.Min(depth, length - k0);
                Packing.PackA(set, filters + (nint)g * perGroup * length + k0, length, false, perGroup, kc, packed);
                packed += (nint)perGroup * kc;
            }
        }

        nint images = ((nint)job.Images * s.C * s.PaddedH * s.PaddedW + Padded.Slack + 15) & ~(nint)15;
        job.ScratchBytes = ((images + (nint)(ColumnBlock + set.Columns) * depth + set.Rows * set.Columns + 64) * sizeof(T) + 255) / 128 * 128;
        int parts = (s.N + job.Images - 1) / job.Images;
        Matrix scratch = Scratch.Rent(pool, job.ScratchBytes * Math.Min(parts, threads.Count));
        job.Scratch = (byte*)scratch.Data;
        threads.Run(parts, &job, &Part);
        scratch.Release();
        offsets.Release();
        weights.Release();
    }

    /// <summary>Offset of each filter cell in the padded planes of its group.</summary>
    public static void Offsets(in ConvolutionShape s, nint* offsets)
    {
        int plane = s.PaddedH * s.PaddedW;
        for (int c = 0, i = 0; c < s.C / s.Groups; c++)
        {
            for (int r = 0; r < s.R; r++)
            {
                for (int t = 0; t < s.S; t++)
                {
                    offsets[i++] = (nint)c * plane + r * s.DilationH * s.PaddedW + t * s.DilationW;
                }
            }
        }
    }

    // Few images, but so many that their cells nearly fill whole panels.
    private static int ImagesPerPart(in ConvolutionShape s, int columns)
    {
        int cells = s.P * s.Q, best = 1;
        double least = double.MaxValue;
        for (int n = 1; n <= Math.Min(8, s.N); n++)
        {
            int filled = (n * cells + columns - 1) / columns * columns;
            double waste = (double)filled / (n * cells);
            if (waste < least - 0.02)
            {
                least = waste;
                best = n;
            }
        }

        return best;
    }

    private static void Part(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref ConvolutionShape s = ref job.Shape;
        int first = part * job.Images, count = Math.Min(job.Images, s.N - first);
        T* images = (T*)(job.Scratch + WorkerPool.ThreadIndex * job.ScratchBytes);
        T* tile = images + (((nint)job.Images * s.C * s.PaddedH * s.PaddedW + Padded.Slack + 15) & ~(nint)15);
        T* panels = tile + job.Set.Rows * job.Set.Columns;
        Padded.Copy(job.X + (nint)first * s.C * s.H * s.W, images, count * s.C, s);
        int cells = s.P * s.Q, length = s.FilterLength, perGroup = s.K / s.Groups;
        for (int g = 0; g < s.Groups; g++)
        {
            T* y = job.Y + ((nint)first * s.K + g * perGroup) * cells;
            Group(ref job, images + (nint)g * (s.C / s.Groups) * s.PaddedH * s.PaddedW, count, job.Weights + (nint)g * perGroup * length, y, panels, tile, job.Bias == null ? null : job.Bias + g * perGroup);
        }
    }

    private static void Group(ref Job job, T* images, int count, T* weights, T* y, T* panels, T* tile, T* bias)
    {
        ref ConvolutionShape s = ref job.Shape;
        int cells = s.P * s.Q, length = s.FilterLength, filters = s.K / s.Groups, nr = job.Set.Columns;
        int columns = count * cells;
        nint image = (nint)s.K * cells;
        int filterPanels = (filters + job.Set.Rows - 1) / job.Set.Rows;
        Segment* segments = stackalloc Segment[64];
        for (int j0 = 0; j0 < columns; j0 += ColumnBlock)
        {
            int n = Math.Min(ColumnBlock, columns - j0);
            T* a = weights;
            for (int k0 = 0; k0 < length; k0 += job.DepthBlock)
            {
                int kc = Math.Min(job.DepthBlock, length - k0);
                for (int j = 0; j < n; j += nr)
                {
                    int segmentCount = PanelSegments.Cut(s, j0 + j, Math.Min(nr, n - j), segments);
                    PanelSegments.Pack(images, job.Offsets + k0, kc, segments, segmentCount, nr, panels + (nint)j * kc);
                }

                int row = 0;
                for (int p = 0; p < filterPanels; p++)
                {
                    int rows = Packing.PanelRows(filters, job.Set.Rows, p);
                    for (int j = 0; j < n; j += nr)
                    {
                        int cell = j0 + j, pixel = cell % cells, width = Math.Min(nr, n - j);
                        T* to = y + cell / cells * image + (nint)row * cells + pixel;
                        if (width == nr && pixel + nr <= cells)
                        {
                            job.Set.Packed[rows](kc, a, panels + (nint)j * kc, nr, to, cells, k0 > 0 ? 1 : 0);
                        }
                        else
                        {
                            job.Set.Packed[rows](kc, a, panels + (nint)j * kc, nr, tile, nr, 0);
                            Scatter(tile, nr, rows, width, y + (nint)row * cells, cell, cells, image, k0 > 0);
                        }
                    }

                    a += (nint)rows * kc;
                    row += rows;
                }
            }

            if (bias != null || job.Relu)
            {
                Finish(y, j0, n, cells, image, filters, bias, job.Relu);
            }
        }
    }

    // A tile whose columns end before it does or belong to more than one image.
    private static void Scatter(T* tile, int nr, int rows, int width, T* y, int cell, int cells, nint image, bool accumulate)
    {
        for (int x = 0; x < width;)
        {
            int pixel = (cell + x) % cells, run = Math.Min(width - x, cells - pixel);
            T* to = y + (cell + x) / cells * image + pixel;
            T* from = tile + x;
            for (int i = 0; i < rows; i++, to += cells, from += nr)
            {
                for (int z = 0; z < run; z++)
                {
                    to[z] = accumulate ? to[z] + from[z] : from[z];
                }
            }

            x += run;
        }
    }

    private static void Finish(T* y, int cell, int count, int cells, nint image, int filters, T* bias, bool relu)
    {
        for (int x = 0; x < count;)
        {
            int pixel = (cell + x) % cells, run = Math.Min(count - x, cells - pixel);
            T* to = y + (cell + x) / cells * image + pixel;
            for (int k = 0; k < filters; k++, to += cells)
            {
                T b = bias == null ? T.Zero : bias[k];
                var v = new Vector<T>(b);
                int z = 0;
                for (; z <= run - Vector<T>.Count; z += Vector<T>.Count)
                {
                    Vector<T> sum = Vector.Load(to + z) + v;
                    Vector.Store(relu ? Vector.Max(sum, Vector<T>.Zero) : sum, to + z);
                }

                for (; z < run; z++)
                {
                    T sum = to[z] + b;
                    to[z] = relu ? T.Max(sum, T.Zero) : sum;
                }
            }

            x += run;
        }
    }
}
