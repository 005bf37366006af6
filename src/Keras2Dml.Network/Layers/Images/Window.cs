using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Images;

/// <summary>A window that slides along one axis, as TensorFlow places it.</summary>
/// <param name="Size">Cells of the window.</param>
/// <param name="Stride">Step.</param>
/// <param name="Dilation">Distance of neighbouring cells of the window.</param>
/// <param name="Same">Padding "same" instead of "valid".</param>
internal readonly record struct Window(int Size, int Stride, int Dilation, bool Same)
{
    /// <summary>Cells that the window spans.</summary>
    public int Extent => ((Size - 1) * Dilation) + 1;

    /// <summary>Number of places of the window: ceil(length / stride) for "same", ceil((length - extent + 1) / stride) for "valid".</summary>
    public int Places(int length) => length == Shape.Unknown ? Shape.Unknown : Math.Max(0, ((Same ? length : length - Extent + 1) + Stride - 1) / Stride);

    /// <summary>Cells added before and after: for "same" as few as needed, the odd one at the end.</summary>
    public (int Before, int After) Padding(int length)
    {
        int total = Same ? Math.Max(0, ((Places(length) - 1) * Stride) + Extent - length) : 0;
        return (total / 2, total - (total / 2));
    }

    /// <summary>Output length of the transposed convolution (Keras: backend/common/backend_utils.py, _get_output_shape_given_tf_padding).</summary>
    public int TransposedLength(int length, int? outputPadding)
    {
        if (length == Shape.Unknown)
        {
            return Shape.Unknown;
        }

        int inner = (length - 1) * Stride;
        return Same
            ? (outputPadding is { } same ? inner + (Extent % 2) + same : length * Stride)
            : inner + Extent + (outputPadding ?? Math.Max(0, Stride - Extent));
    }

    /// <summary>Cells cut off before the first output of the transposed convolution: the padding of the convolution that it reverses.</summary>
    public int TransposedCrop(int length, int outputLength) => Same ? Math.Max(0, ((length - 1) * Stride) + Extent - outputLength) / 2 : 0;
}
