namespace Keras2Dml.Runtime.Cpu.Kernels.Pooling;

/// <summary>Sizes of a 2-D pooling of images in channel, height, width order.</summary>
internal struct PoolingShape
{
    public int N, C, H, W, R, S, StrideH, StrideW, Top, Bottom, Left, Right;

    /// <summary>Height and width of the output.</summary>
    public readonly int P => H + Top + Bottom < R ? 0 : (H + Top + Bottom - R) / StrideH + 1;

    public readonly int Q => W + Left + Right < S ? 0 : (W + Left + Right - S) / StrideW + 1;

    /// <summary>The rows of the input that output row p sees, clipped.</summary>
    public readonly void RowRange(int p, out int begin, out int end)
    {
        int y = p * StrideH - Top;
        begin = Math.Max(0, y);
        end = Math.Min(H, y + R);
    }

    /// <summary>The columns of the input that output column q sees, clipped.</summary>
    public readonly void ColumnRange(int q, out int begin, out int end)
    {
        int x = q * StrideW - Left;
        begin = Math.Max(0, x);
        end = Math.Min(W, x + S);
    }
}
