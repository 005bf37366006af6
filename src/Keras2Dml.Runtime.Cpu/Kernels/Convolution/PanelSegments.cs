using System.Runtime.Intrinsics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>A run of output cells that are neighbours in the input as well.</summary>
internal struct Segment
{
    /// <summary>Offset of the first cell's window in the padded images.</summary>
    public nint Source;

    /// <summary>Column of the panel and number of columns.</summary>
    public int Column, Length;
}

/// <summary>The columns of one multiply panel as segments, and the copying of input cells into the panel (implicit im2col).</summary>
internal static unsafe class PanelSegments
{
    /// <summary>Cuts output cells first .. first + count - 1 (image after image, row-major) into segments; returns their number.</summary>
    public static int Cut(in ConvolutionShape s, int first, int count, Segment* segments)
    {
        int q = s.Q, cells = s.P * q, width = s.PaddedW;
        nint image = (nint)s.C * s.PaddedH * width;
        int n = 0;
        for (int x = 0; x < count;)
        {
            int cell = first + x, pixel = cell % cells, row = pixel / q, column = pixel % q;
            int length = s.StrideW == 1 ? Math.Min(count - x, q - column) : 1;
            segments[n++] = new Segment { Source = cell / cells * image + (nint)row * s.StrideH * width + (nint)column * s.StrideW, Column = x, Length = length };
            x += length;
        }

        return n;
    }

    /// <summary>Fills kc rows of the panel: row k holds the cells at offset offsets[k] of every window. Stores go up to 64 bytes too far; later ones repair that.</summary>
    public static void Pack<T>(T* images, nint* offsets, int kc, Segment* segments, int count, int panelColumns, T* to)
        where T : unmanaged
    {
        int lanes = 64 / sizeof(T);
        bool vectors = segments[0].Length > 1 || count == 1;
        if (vectors && count <= 4 && panelColumns <= 2 * lanes)
        {
            PackFew(images, offsets, kc, segments, count, panelColumns, to);
        }
        else if (vectors)
        {
            for (int k = 0; k < kc; k++, to += panelColumns)
            {
                T* from = images + offsets[k];
                for (int i = 0; i < count; i++)
                {
                    T* source = from + segments[i].Source;
                    T* d = to + segments[i].Column;
                    for (int x = 0; x < segments[i].Length; x += lanes)
                    {
                        Vector512.Load((byte*)(source + x)).Store((byte*)(d + x));
                    }
                }
            }
        }
        else
        {
            for (int k = 0; k < kc; k++, to += panelColumns)
            {
                T* from = images + offsets[k];
                for (int i = 0; i < count; i++)
                {
                    T* source = from + segments[i].Source;
                    T* d = to + segments[i].Column;
                    for (int x = 0; x < segments[i].Length; x++)
                    {
                        d[x] = source[x];
                    }
                }
            }
        }
    }

    // Up to four segments: pointers stay in registers.
    private static void PackFew<T>(T* images, nint* offsets, int kc, Segment* g, int count, int columns, T* to)
        where T : unmanaged
    {
        int lanes = 64 / sizeof(T);
        T* s0 = images + g[0].Source, s1 = images + g[Math.Min(1, count - 1)].Source, s2 = images + g[Math.Min(2, count - 1)].Source, s3 = images + g[count - 1].Source;
        int d1 = g[Math.Min(1, count - 1)].Column, d2 = g[Math.Min(2, count - 1)].Column, d3 = g[count - 1].Column;
        bool long0 = g[0].Length > lanes, long1 = count > 1 && g[1].Length > lanes, long2 = count > 2 && g[2].Length > lanes, long3 = count > 3 && g[3].Length > lanes;
        if (count == 1)
        {
            for (int k = 0; k < kc; k++, to += columns)
            {
                nint o = offsets[k];
                Vector512.Load((byte*)(s0 + o)).Store((byte*)to);
                if (long0)
                {
                    Vector512.Load((byte*)(s0 + o + lanes)).Store((byte*)(to + lanes));
                }
            }
        }
        else if (count == 2)
        {
            for (int k = 0; k < kc; k++, to += columns)
            {
                nint o = offsets[k];
                Copy(s0 + o, to, long0, lanes);
                Copy(s1 + o, to + d1, long1, lanes);
            }
        }
        else
        {
            for (int k = 0; k < kc; k++, to += columns)
            {
                nint o = offsets[k];
                Copy(s0 + o, to, long0, lanes);
                Copy(s1 + o, to + d1, long1, lanes);
                Copy(s2 + o, to + d2, long2, lanes);
                if (count > 3)
                {
                    Copy(s3 + o, to + d3, long3, lanes);
                }
            }
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(T* from, T* to, bool two, int lanes)
        where T : unmanaged
    {
        Vector512.Load((byte*)from).Store((byte*)to);
        if (two)
        {
            Vector512.Load((byte*)(from + lanes)).Store((byte*)(to + lanes));
        }
    }
}
