namespace Keras2Dml.Dml.Plan;

/// <summary>Native forms of the library's layers on images.</summary>
internal static class ImageIntrinsics
{
    // X, W, b, C, Hin, Win, Hf, Wf, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups
    public static IReadOnlyList<Node> Convolution(IntrinsicCall c) =>
        [c.Matrix("bias_add", c.Matrix("conv2d", [c[0], c[1], .. Sizes(c, c.Rows(c[1]))]), c[2])];

    // dout, X, W, then as forward from C on
    public static IReadOnlyList<Node> ConvolutionBackward(IntrinsicCall c)
    {
        Node filters = c.Rows(c[2]);
        Node[] sizes = Sizes(c, filters);
        return
        [
            c.Matrix("conv2d_backward_data", [c[2], c[0], .. sizes]),
            c.Matrix("conv2d_backward_filter", [c[1], c[0], .. sizes]),
            c.ChannelSums(c[0], filters),
        ];
    }

    // X, W (C x F*Hf*Wf), b, C, Hin, Win, Hf, Wf, strideh, stridew, top, left, Hout, Wout, dilationh, dilationw
    public static IReadOnlyList<Node>? TransposedConvolution(IntrinsicCall c)
    {
        Node filters = c.Rows(c[2]);
        return TransposedSizes(c, filters) is { } sizes ? [c.Matrix("bias_add", c.Matrix("conv2d_backward_data", [c[1], c[0], .. sizes]), c[2])] : null;
    }

    // dout, X, W, then as forward from C on
    public static IReadOnlyList<Node>? TransposedConvolutionBackward(IntrinsicCall c)
    {
        Node filters = c.Quotient(c.Columns(c[0]), c.Product(c[12], c[13]));
        return TransposedSizes(c, filters) is { } sizes
            ? [c.Matrix("conv2d", [c[0], c[2], .. sizes]), c.Matrix("conv2d_backward_filter", [c[0], c[1], .. sizes]), c.ChannelSums(c[0], filters)]
            : null;
    }

    // dout, C, Hin, Win, Hf, Wf, strideh, stridew, top, bottom, left, right
    public static IReadOnlyList<Node> AveragePoolingBackward(IntrinsicCall c)
    {
        Node cells = c.Product(c[1], c.Product(c[2], c[3]));
        Node input = c.Matrix("fill", c.Integer(0), c.Rows(c[0]), cells);
        return [c.Matrix("avg_pool_backward", [input, c[0], .. c.From(1), c.Boolean(false)])];
    }

    // C, H, W, K, R, S, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups
    private static Node[] Sizes(IntrinsicCall c, Node filters) => [c[3], c[4], c[5], filters, .. c.From(6)];

    // The convolution that is reversed goes from F,Hout,Wout to C,Hin,Win. Cells that no window reaches need no padding, as long as they
    // are fewer than a stride; null otherwise.
    private static Node[]? TransposedSizes(IntrinsicCall c, Node filters)
    {
        if (Padding(c[4], c[6], c[8], c[10], c[12], c[14]) is not { } bottom || Padding(c[5], c[7], c[9], c[11], c[13], c[15]) is not { } right)
        {
            return null;
        }

        return [filters, c[12], c[13], c[3], c[6], c[7], c[8], c[9], c[10], c.Integer(bottom), c[11], c.Integer(right), c[14], c[15], c.Integer(1)];
    }

    // Padding at the end that makes `places` windows of a convolution over `size` cells; null when sizes are unknown or do not fit.
    private static long? Padding(Node places, Node window, Node stride, Node start, Node size, Node dilation)
    {
        if (new[] { places, window, stride, start, size, dilation }.Any(n => !n.IsConstant))
        {
            return null;
        }

        long full = (places.Constant.AsInteger() - 1) * stride.Constant.AsInteger() + (window.Constant.AsInteger() - 1) * dilation.Constant.AsInteger() + 1;
        long end = full - start.Constant.AsInteger() - size.Constant.AsInteger();
        return end > -stride.Constant.AsInteger() ? Math.Max(0, end) : null;
    }
}
