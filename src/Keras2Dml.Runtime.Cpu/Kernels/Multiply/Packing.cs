using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>Brings blocks of A and B into the order in which micro-kernels read them.</summary>
internal static unsafe class Packing
{
    /// <summary>Rows of panel p when m rows are spread evenly over panels of at most <paramref name="most"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PanelRows(int m, int most, int p)
    {
        int panels = (m + most - 1) / most;
        return m / panels + (p < m % panels ? 1 : 0);
    }

    /// <summary>Packs m x kc of A, panel after panel, each k-major. Transposed A is stored kc x m.</summary>
    public static void PackA<T>(in MicroKernelSet<T> set, T* a, nint lda, bool transposed, int m, int kc, T* to)
        where T : unmanaged
    {
        int panels = (m + set.Rows - 1) / set.Rows;
        int row = 0;
        for (int p = 0; p < panels; p++)
        {
            int rows = PanelRows(m, set.Rows, p);
            if (transposed)
            {
                T* from = a + row;
                T* d = to;
                for (int k = 0; k < kc; k++, from += lda, d += rows)
                {
                    for (int i = 0; i < rows; i++)
                    {
                        d[i] = from[i];
                    }
                }
            }
            else
            {
                PackRows(set, a + (nint)row * lda, lda, rows, kc, to, rows);
            }

            to += (nint)rows * kc;
            row += rows;
        }
    }

    /// <summary>Packs kc x n of B into panels of the set's columns, filled up with zeros. Transposed B is stored n x kc.</summary>
    public static void PackB<T>(in MicroKernelSet<T> set, T* b, nint ldb, bool transposed, int kc, int n, T* to)
        where T : unmanaged
    {
        int width = set.Columns;
        for (int j = 0; j < n; j += width, to += (nint)kc * width)
        {
            int w = Math.Min(width, n - j);
            if (transposed)
            {
                for (int i = 0; i < width; i += 16)
                {
                    int rows = Math.Min(Math.Min(16, width - i), w - i);
                    if (rows > 0)
                    {
                        PackRows(set, b + (nint)(j + i) * ldb, ldb, rows, kc, to + i, width);
                    }
                }

                if (w < width)
                {
                    for (int k = 0; k < kc; k++)
                    {
                        new Span<T>(to + (nint)k * width + w, width - w).Clear();
                    }
                }
            }
            else if (w == width)
            {
                PackPanel(b + j, ldb, kc, width, to);
            }
            else
            {
                for (int k = 0; k < kc; k++)
                {
                    T* from = b + (nint)k * ldb + j;
                    T* d = to + (nint)k * width;
                    for (int x = 0; x < w; x++)
                    {
                        d[x] = from[x];
                    }

                    new Span<T>(d + w, width - w).Clear();
                }
            }
        }
    }

    private static void PackPanel<T>(T* from, nint ldb, int kc, int width, T* to)
        where T : unmanaged
    {
        int bytes = width * sizeof(T);
        for (int k = 0; k < kc; k++, from += ldb, to += width)
        {
            for (int x = 0; x < bytes; x += 32)
            {
                Vector256.Load((byte*)from + x).Store((byte*)to + x);
            }
        }
    }

    // Transposes rows (at most 16) x kc into kc x rows at stride `stride`; stores beyond `rows` are repaired by the next k, so `to` needs 16 elements of slack.
    private static void PackRows<T>(in MicroKernelSet<T> set, T* from, nint ld, int rows, int kc, T* to, nint stride)
        where T : unmanaged
    {
        int k = 0;
        if (sizeof(T) == 4 && set.InstructionSet == InstructionSet.Avx512 && rows <= 16)
        {
            nint* offsets = stackalloc nint[16];
            for (int i = 0; i < 16; i++)
            {
                offsets[i] = Math.Min(i, rows - 1) * ld;
            }

            for (; k + 16 <= kc; k += 16)
            {
                Transpose16.Run((float*)from + k, offsets, (float*)to + k * stride, stride);
            }
        }

        for (; k < kc; k++)
        {
            T* d = to + k * stride;
            T* s = from + k;
            for (int i = 0; i < rows; i++)
            {
                d[i] = s[i * ld];
            }
        }
    }
}
