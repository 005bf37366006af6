using System.Numerics.Tensors;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Functions of floats computed in double, so that the result is the correctly rounded one almost always.</summary>
internal static unsafe class Widened
{
    private const int Block = 256;

    public static void Apply(ReadOnlySpan<float> x, Span<float> y, delegate*<Span<double>, void> function)
    {
        Span<double> buffer = stackalloc double[Block];
        for (int i = 0; i < x.Length; i += Block)
        {
            int n = Math.Min(Block, x.Length - i);
            Span<double> block = buffer[..n];
            TensorPrimitives.ConvertTruncating<float, double>(x.Slice(i, n), block);
            function(block);
            TensorPrimitives.ConvertTruncating<double, float>(block, y.Slice(i, n));
        }
    }
}
