using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>The convolution operators.</summary>
internal static unsafe class ConvolutionKernel
{
    // Inputs: X, F, then the sizes.
    public static void Forward(ref KernelCall call) => Forward(ref call, bias: false, relu: false);

    // Inputs: X, F, then the sizes, then b (K x 1).
    public static void WithBias(ref KernelCall call) => Forward(ref call, bias: true, relu: false);

    // Inputs: X, F, then the sizes, then b (K x 1).
    public static void WithBiasRelu(ref KernelCall call) => Forward(ref call, bias: true, relu: true);

    private static void Forward(ref KernelCall call, bool bias, bool relu)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            Forward<float>(ref call, bias, relu);
        }
        else
        {
            Forward<double>(ref call, bias, relu);
        }
    }

    // Inputs: X, dout, then the sizes.
    public static void BackwardFilter(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            BackwardFilter<float>(ref call);
        }
        else
        {
            BackwardFilter<double>(ref call);
        }
    }

    // Inputs: F, dout, then the sizes.
    public static void BackwardData(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            BackwardData<float>(ref call);
        }
        else
        {
            BackwardData<double>(ref call);
        }
    }

    private static void Forward<T>(ref KernelCall call, bool bias, bool relu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> f = Operand<T>.Of(ref call, 1);
        using Operand<T> b = bias ? Operand<T>.Of(ref call, 17) : default;
        ConvolutionShape s = Shape(ref call, x.Rows);
        if (bias)
        {
            Check("conv2d", "the bias", b.Rows, b.Columns, s.K, 1);
        }

        Check("conv2d", "the images", x.Rows, x.Columns, x.Rows, s.C * s.H * s.W);
        Check("conv2d", "the filters", f.Rows, f.Columns, s.K, s.FilterLength);
        Matrix y = call.Pool.Rent(s.N, s.K * s.P * s.Q, Element.TypeOf<T>());
        ConvolutionForward<T>.Run(s, x.Data, f.Data, bias ? b.Data : null, relu, (T*)y.Data, MicroKernelSet<T>.Best, call.Pool, call.Threads);
        call.Return(0, y);
    }

    private static void BackwardFilter<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> dy = Operand<T>.Of(ref call, 1);
        ConvolutionShape s = Shape(ref call, x.Rows);
        Check("conv2d_backward_filter", "the images", x.Rows, x.Columns, x.Rows, s.C * s.H * s.W);
        Check("conv2d_backward_filter", "the gradient", dy.Rows, dy.Columns, s.N, s.K * s.P * s.Q);
        Matrix dw = call.Pool.Rent(s.K, s.FilterLength, Element.TypeOf<T>());
        ConvolutionBackwardFilter<T>.Run(s, x.Data, dy.Data, (T*)dw.Data, MicroKernelSet<T>.Best, call.Pool, call.Threads);
        call.Return(0, dw);
    }

    private static void BackwardData<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> f = Operand<T>.Of(ref call, 0);
        using Operand<T> dy = Operand<T>.Of(ref call, 1);
        ConvolutionShape s = Shape(ref call, dy.Rows);
        Check("conv2d_backward_data", "the filters", f.Rows, f.Columns, s.K, s.FilterLength);
        Check("conv2d_backward_data", "the gradient", dy.Rows, dy.Columns, s.N, s.K * s.P * s.Q);
        Matrix dx = call.Pool.Rent(s.N, s.C * s.H * s.W, Element.TypeOf<T>());
        ConvolutionBackwardData<T>.Run(s, f.Data, dy.Data, (T*)dx.Data, MicroKernelSet<T>.Best, call.Pool, call.Threads);
        call.Return(0, dx);
    }

    // Sizes from input 2 on: C, H, W, K, R, S, strideh, stridew, top, bottom, left, right, dilationh, dilationw, groups.
    private static ConvolutionShape Shape(ref KernelCall call, int images)
    {
        var s = new ConvolutionShape
        {
            N = images, C = call.Integer(2), H = call.Integer(3), W = call.Integer(4), K = call.Integer(5), R = call.Integer(6), S = call.Integer(7),
            StrideH = call.Integer(8), StrideW = call.Integer(9), Top = call.Integer(10), Bottom = call.Integer(11), Left = call.Integer(12), Right = call.Integer(13),
            DilationH = call.Integer(14), DilationW = call.Integer(15), Groups = call.Integer(16),
        };
        if (s.Groups < 1 || s.C % s.Groups != 0 || s.K % s.Groups != 0)
        {
            throw KernelErrors.Value.With("conv2d", "groups that divide channels and filters", $"{s.C} channels, {s.K} filters, {s.Groups} groups");
        }

        if (s.StrideH < 1 || s.StrideW < 1 || s.P < 1 || s.Q < 1)
        {
            throw KernelErrors.Value.With("conv2d", "a filter that fits into the padded image and strides from 1", $"image {s.PaddedH} x {s.PaddedW}, filter {s.R} x {s.S}, stride {s.StrideH} x {s.StrideW}");
        }

        return s;
    }

    private static void Check(string name, string what, int rows, int columns, int expectedRows, int expectedColumns)
    {
        if (rows != expectedRows || columns != expectedColumns)
        {
            throw KernelErrors.Shape.With(name, $"{what} as {expectedRows} x {expectedColumns}", rows, columns);
        }
    }
}
