using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>Copies of images with a zero border, so that inner loops need no range checks.</summary>
internal static unsafe class Padded
{
    /// <summary>Elements that may be read behind the last cell.</summary>
    public const int Slack = 64;

    /// <summary>Copies planes of H x W into planes of padded size. <paramref name="to"/> holds <see cref="Slack"/> elements more.</summary>
    public static void Copy<T>(T* from, T* to, int planes, in ConvolutionShape s)
        where T : unmanaged
    {
        int h = s.H, w = s.W, width = s.PaddedW, height = s.PaddedH;
        if (width == w && height == h)
        {
            long bytes = (long)planes * h * w * sizeof(T);
            Buffer.MemoryCopy(from, to, bytes, bytes);
            new Span<T>((byte*)to + bytes, Slack).Clear();
            return;
        }

        for (int c = 0; c < planes; c++)
        {
            new Span<T>(to, s.Top * width + s.Left).Clear();
            T* row = to + s.Top * width + s.Left;
            for (int y = 0; y < h; y++, from += w, row += width)
            {
                CopyRow(from, row, w);
                new Span<T>(row + w, Math.Min(s.Left + s.Right, width)).Clear();
            }

            T* end = to + (nint)height * width;
            if (end > row - s.Left)
            {
                new Span<T>(row - s.Left, (int)(end - (row - s.Left))).Clear();
            }

            to = end;
        }

        new Span<T>(to, Slack).Clear();
    }

    private static void CopyRow<T>(T* from, T* to, int n)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
        {
            Vector.Store(Vector.Load(from + i), to + i);
        }

        for (; i < n; i++)
        {
            to[i] = from[i];
        }
    }
}
