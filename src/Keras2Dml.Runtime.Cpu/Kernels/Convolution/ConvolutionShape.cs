namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>Sizes of a 2-D convolution. Images are rows in channel, height, width order; filters are K x (C/groups * R * S).</summary>
internal struct ConvolutionShape
{
    /// <summary>Images, channels, height and width of the input.</summary>
    public int N, C, H, W;

    /// <summary>Filters, and height and width of one.</summary>
    public int K, R, S;

    public int StrideH, StrideW, DilationH, DilationW, Groups;
    public int Top, Bottom, Left, Right;

    /// <summary>Height and width of the output.</summary>
    public readonly int P => Output(PaddedH, R, StrideH, DilationH);

    public readonly int Q => Output(PaddedW, S, StrideW, DilationW);

    public readonly int PaddedH => H + Top + Bottom;

    public readonly int PaddedW => W + Left + Right;

    /// <summary>Length of one filter: cells that one output cell sums over.</summary>
    public readonly int FilterLength => C / Groups * R * S;

    private static int Output(int padded, int filter, int stride, int dilation)
    {
        int span = dilation * (filter - 1) + 1;
        return padded < span ? 0 : (padded - span) / stride + 1;
    }
}
