using System.Numerics;
using System.Runtime.CompilerServices;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>Operands of C = op(A) * op(B), row-major; lda, ldb, ldc are the distances of stored rows.</summary>
internal unsafe struct GemmOperands<T>
    where T : unmanaged
{
    /// <summary>Rows of C, columns of C, length of the sums.</summary>
    public int M, N, K;

    public T* A, B, C;
    public nint LdA, LdB, LdC;

    /// <summary>A is stored K x M, B is stored N x K.</summary>
    public bool TransposedA, TransposedB;

    /// <summary>1 x N added to every row, or null.</summary>
    public T* Bias;

    /// <summary>Negative results become zero (after the bias).</summary>
    public bool Relu;
}

/// <summary>Dense matrix multiply: blocks packed for the caches, register tiles by micro-kernels (Goto and van de Geijn, 2008).</summary>
/// <remarks>The partition over threads follows from the shape alone, so results do not depend on the number of threads.</remarks>
internal static unsafe class Gemm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Up to so many rows B is read where it lies: packing would cost as much as it saves.
    private const int DirectRows = 64;
    private const int RowBlock = 168;
    private const int ColumnBlock = 1024;
    private const double SmallWork = 4e5;

    private static int DepthBlock => 2048 / sizeof(T);

    private struct Job
    {
        public GemmOperands<T> Operands;
        public MicroKernelSet<T> Set;
        public int RowParts, ColumnParts, DepthParts;
        public byte* Scratch;
        public nint ScratchBytes;

        /// <summary>Partial sums of the depth parts after the first, M x N each.</summary>
        public T* Partial;
    }

    /// <summary>Computes the product with this processor's kernels.</summary>
    public static void Run(in GemmOperands<T> operands, BufferPool pool, WorkerPool threads) => Run(operands, MicroKernelSet<T>.Best, pool, threads);

    /// <summary>Computes the product with given kernels.</summary>
    public static void Run(in GemmOperands<T> o, in MicroKernelSet<T> set, BufferPool pool, WorkerPool threads)
    {
        if (o.M == 0 || o.N == 0)
        {
            return;
        }

        if (o.K == 0)
        {
            for (int i = 0; i < o.M; i++)
            {
                new Span<T>(o.C + i * o.LdC, o.N).Clear();
            }

            Finish(o.C, o.LdC, o.M, o.N, o.Bias, o.Relu);
            return;
        }

        var job = new Job { Operands = o, Set = set };
        Partition(ref job);
        job.ScratchBytes = ScratchBytes(set, Part(o.M, job.RowParts), Part(o.N, job.ColumnParts), Part(o.K, job.DepthParts), o.TransposedB || o.M > DirectRows);
        int parts = job.RowParts * job.ColumnParts * job.DepthParts;
        Matrix scratch = Scratch.Rent(pool, job.ScratchBytes * Math.Min(parts, threads.Count));
        job.Scratch = (byte*)scratch.Data;
        Matrix? partial = null;
        if (job.DepthParts > 1)
        {
            partial = Scratch.Rent(pool, (long)(job.DepthParts - 1) * o.M * o.N * sizeof(T));
            job.Partial = (T*)partial.Data;
        }

        threads.Run(parts, &job, &RunPart);
        if (partial is not null)
        {
            for (int d = 1; d < job.DepthParts; d++)
            {
                T* p = job.Partial + (nint)(d - 1) * o.M * o.N;
                for (int i = 0; i < o.M; i++)
                {
                    Add(o.C + i * o.LdC, p + (nint)i * o.N, o.N);
                }
            }

            Finish(o.C, o.LdC, o.M, o.N, o.Bias, o.Relu);
            partial.Release();
        }

        scratch.Release();
    }

    /// <summary>Bytes of scratch memory that <see cref="Block"/> needs for one thread.</summary>
    public static nint ScratchBytes(in MicroKernelSet<T> set, int m, int n, int k, bool packB)
    {
        nint kc = Math.Min(k, DepthBlock);
        nint a = Math.Min(m, RowBlock) * kc + 64;
        nint columns = packB ? Math.Min(n, ColumnBlock) + set.Columns : set.Columns;
        nint b = (columns + set.Columns) * kc + 64;
        nint tile = set.Rows * set.Columns + 64;
        return ((a + b + tile) * sizeof(T) + 255) / 128 * 128;
    }

    private static void Partition(ref Job job)
    {
        ref GemmOperands<T> o = ref job.Operands;
        job.RowParts = job.ColumnParts = job.DepthParts = 1;
        double work = 2.0 * o.M * o.N * o.K;
        if (work < SmallWork)
        {
            return;
        }

        int most = (int)Math.Min(16, Math.Max(2, work / SmallWork));
        if (o.M >= 2 * o.N)
        {
            job.RowParts = Math.Clamp(o.M / 64, 1, most);
        }
        else
        {
            job.ColumnParts = Math.Clamp(o.N / 64, 1, most);
            if (job.ColumnParts < 4)
            {
                job.RowParts = Math.Clamp(o.M / 64, 1, Math.Max(1, most / job.ColumnParts));
            }
        }

        if (job.RowParts * job.ColumnParts == 1 && o.K >= 1024)
        {
            job.DepthParts = Math.Min(8, o.K / 512);
        }
    }

    // Size of the largest of equal parts.
    private static int Part(int total, int parts) => (total + parts - 1) / parts;

    private static void RunPart(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        ref GemmOperands<T> o = ref job.Operands;
        int row = part % job.RowParts;
        int column = part / job.RowParts % job.ColumnParts;
        int depth = part / (job.RowParts * job.ColumnParts);
        int m0 = (int)((long)o.M * row / job.RowParts), m1 = (int)((long)o.M * (row + 1) / job.RowParts);
        int n0 = Align(column, job.ColumnParts, o.N, job.Set.Columns), n1 = Align(column + 1, job.ColumnParts, o.N, job.Set.Columns);
        int k0 = (int)((long)o.K * depth / job.DepthParts), k1 = (int)((long)o.K * (depth + 1) / job.DepthParts);
        if (m1 == m0 || n1 == n0)
        {
            return;
        }

        GemmOperands<T> piece = o;
        piece.M = m1 - m0;
        piece.N = n1 - n0;
        piece.K = k1 - k0;
        piece.A = o.TransposedA ? o.A + k0 * o.LdA + m0 : o.A + m0 * o.LdA + k0;
        piece.B = o.TransposedB ? o.B + n0 * o.LdB + k0 : o.B + k0 * o.LdB + n0;
        if (depth == 0)
        {
            piece.C = o.C + m0 * o.LdC + n0;
        }
        else
        {
            piece.C = job.Partial + (nint)(depth - 1) * o.M * o.N + (nint)m0 * o.N + n0;
            piece.LdC = o.N;
        }

        if (job.DepthParts > 1)
        {
            piece.Bias = null;
            piece.Relu = false;
        }
        else if (o.Bias != null)
        {
            piece.Bias = o.Bias + n0;
        }

        Block(piece, job.Set, job.Scratch + WorkerPool.ThreadIndex * job.ScratchBytes, o.M <= DirectRows, false);
    }

    // Boundary of part i of n columns, on whole tiles.
    private static int Align(int i, int parts, int n, int tile)
    {
        int tiles = (n + tile - 1) / tile;
        return Math.Min(n, (int)((long)tiles * i / parts) * tile);
    }

    /// <summary>The product on the calling thread. C is overwritten, or added to.</summary>
    public static void Block(in GemmOperands<T> o, in MicroKernelSet<T> set, byte* scratch, bool direct, bool accumulate)
    {
        int depth = Even(o.K, DepthBlock, 4), rows = Even(o.M, RowBlock, 1), columns = Even(o.N, ColumnBlock, set.Columns);
        T* packedA = (T*)scratch;
        T* tile = packedA + ((Math.Min(o.M, RowBlock) * (nint)Math.Min(o.K, DepthBlock) + 64 + 15) & ~(nint)15);
        T* packedB = tile + set.Rows * set.Columns;
        for (int n0 = 0; n0 < o.N; n0 += columns)
        {
            int n = Math.Min(columns, o.N - n0);
            for (int k0 = 0; k0 < o.K; k0 += depth)
            {
                int k = Math.Min(depth, o.K - k0);
                bool add = accumulate || k0 > 0;
                bool last = k0 + k == o.K;
                int straight = direct && !o.TransposedB ? n / set.Columns * set.Columns : 0;
                T* b = o.TransposedB ? o.B + (n0 + straight) * o.LdB + k0 : o.B + k0 * o.LdB + n0 + straight;
                if (straight < n)
                {
                    Packing.PackB(set, b, o.LdB, o.TransposedB, k, n - straight, packedB);
                }

                for (int m0 = 0; m0 < o.M; m0 += rows)
                {
                    int m = Math.Min(rows, o.M - m0);
                    Packing.PackA(set, o.TransposedA ? o.A + k0 * o.LdA + m0 : o.A + m0 * o.LdA + k0, o.LdA, o.TransposedA, m, k, packedA);
                    T* c = o.C + m0 * o.LdC + n0;
                    if (straight > 0)
                    {
                        Tiles(set, set.Strided, m, straight, k, packedA, o.B + k0 * o.LdB + n0, o.LdB, set.Columns, c, o.LdC, add, tile);
                    }

                    if (straight < n)
                    {
                        Tiles(set, set.Packed, m, n - straight, k, packedA, packedB, set.Columns, (nint)set.Columns * k, c + straight, o.LdC, add, tile);
                    }

                    if (last && (o.Bias != null || o.Relu))
                    {
                        Finish(c, o.LdC, m, n, o.Bias == null ? null : o.Bias + n0, o.Relu);
                    }
                }
            }
        }
    }

    // All register tiles of an m x n block. Tiles cut off at the right go through a buffer.
    private static void Tiles(
        in MicroKernelSet<T> set, delegate*<nint, T*, T*, nint, T*, nint, nint, void>* kernels,
        int m, int n, int k, T* packedA, T* b, nint ldb, nint nextB, T* c, nint ldc, bool accumulate, T* tile)
    {
        int panels = (m + set.Rows - 1) / set.Rows;
        int low = m / panels, extra = m % panels;
        for (int j = 0; j < n; j += set.Columns, b += nextB)
        {
            T* a = packedA;
            T* to = c + j;
            int width = n - j;
            for (int p = 0; p < panels; p++)
            {
                int rows = low + (p < extra ? 1 : 0);
                if (width >= set.Columns)
                {
                    kernels[rows](k, a, b, ldb, to, ldc, accumulate ? 1 : 0);
                }
                else
                {
                    kernels[rows](k, a, b, ldb, tile, set.Columns, 0);
                    for (int i = 0; i < rows; i++)
                    {
                        T* d = to + i * ldc;
                        T* s = tile + i * set.Columns;
                        if (accumulate)
                        {
                            for (int x = 0; x < width; x++)
                            {
                                d[x] += s[x];
                            }
                        }
                        else
                        {
                            for (int x = 0; x < width; x++)
                            {
                                d[x] = s[x];
                            }
                        }
                    }
                }

                a += (nint)rows * k;
                to += rows * ldc;
            }
        }
    }

    // Block size at most `largest` that divides the total evenly, rounded up to a multiple.
    private static int Even(int total, int largest, int multiple)
    {
        int blocks = (total + largest - 1) / largest;
        int size = (total + blocks - 1) / blocks;
        return Math.Min((size + multiple - 1) / multiple * multiple, Math.Max(largest, multiple));
    }

    private static void Add(T* to, T* from, int n)
    {
        int i = 0;
        for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(to + i) + Vector.Load(from + i), to + i);
        }

        for (; i < n; i++)
        {
            to[i] += from[i];
        }
    }

    private static void Finish(T* c, nint ldc, int m, int n, T* bias, bool relu)
    {
        for (int i = 0; i < m && (bias != null || relu); i++, c += ldc)
        {
            int j = 0;
            for (; j <= n - Vector<T>.Count; j += Vector<T>.Count)
            {
                Vector<T> v = Vector.Load(c + j);
                if (bias != null)
                {
                    v += Vector.Load(bias + j);
                }

                Vector.Store(relu ? Vector.Max(v, Vector<T>.Zero) : v, c + j);
            }

            for (; j < n; j++)
            {
                T v = bias != null ? c[j] + bias[j] : c[j];
                c[j] = relu ? T.Max(v, T.Zero) : v;
            }
        }
    }
}
