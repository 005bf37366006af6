using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Pooling;

/// <summary>The pooling operators.</summary>
internal static unsafe class PoolingKernel
{
    // Inputs: X, then the sizes.
    public static void Max(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        PoolingShape s = Shape(ref call, 1, x.Rows, x.Columns);
        Matrix y = call.Pool.Rent(s.N, s.C * s.P * s.Q, x.Type);
        if (x.Type == MatrixType.Single)
        {
            MaxPooling<float>.Forward(s, (float*)x.Data, (float*)y.Data, call.Threads);
        }
        else
        {
            MaxPooling<double>.Forward(s, (double*)x.Data, (double*)y.Data, call.Threads);
        }

        call.Return(0, y);
    }

    // Inputs: X, dout, then the sizes.
    public static void MaxBackward(ref KernelCall call) => MaxBackward(ref call, positive: false);

    // Inputs: X = max(Z, 0), dout, then the sizes.
    public static void ReluMaxBackward(ref KernelCall call) => MaxBackward(ref call, positive: true);

    private static void MaxBackward(ref KernelCall call, bool positive)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            MaxBackward<float>(ref call, positive);
        }
        else
        {
            MaxBackward<double>(ref call, positive);
        }
    }

    // Inputs: X, then the sizes, then whether padding counts.
    public static void Average(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        PoolingShape s = Shape(ref call, 1, x.Rows, x.Columns);
        bool countPadding = call.Inputs[12].AsBoolean();
        Matrix y = call.Pool.Rent(s.N, s.C * s.P * s.Q, x.Type);
        if (x.Type == MatrixType.Single)
        {
            AveragePooling<float>.Forward(s, countPadding, (float*)x.Data, (float*)y.Data, call.Threads);
        }
        else
        {
            AveragePooling<double>.Forward(s, countPadding, (double*)x.Data, (double*)y.Data, call.Threads);
        }

        call.Return(0, y);
    }

    // Inputs: X (its values do not matter), dout, then the sizes, then whether padding counts.
    public static void AverageBackward(ref KernelCall call)
    {
        Matrix x = call.Matrix(0), dy = call.Matrix(1);
        PoolingShape s = Shape(ref call, 2, x.Rows, x.Columns);
        CheckGradient(s, dy.Rows, dy.Columns);
        bool countPadding = call.Inputs[13].AsBoolean();
        Matrix dx = call.Pool.Rent(s.N, s.C * s.H * s.W, dy.Type);
        if (dy.Type == MatrixType.Single)
        {
            AveragePooling<float>.Backward(s, countPadding, (float*)dy.Data, (float*)dx.Data, call.Threads);
        }
        else
        {
            AveragePooling<double>.Backward(s, countPadding, (double*)dy.Data, (double*)dx.Data, call.Threads);
        }

        call.Return(0, dx);
    }

    private static void MaxBackward<T>(ref KernelCall call, bool positive)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> dy = Operand<T>.Of(ref call, 1);
        PoolingShape s = Shape(ref call, 2, x.Rows, x.Columns);
        CheckGradient(s, dy.Rows, dy.Columns);
        Matrix dx = call.Pool.Rent(s.N, s.C * s.H * s.W, Element.TypeOf<T>());
        MaxPooling<T>.Backward(s, positive, x.Data, dy.Data, (T*)dx.Data, call.Threads);
        call.Return(0, dx);
    }

    // Sizes from an input on: C, H, W, R, S, strideh, stridew, top, bottom, left, right.
    private static PoolingShape Shape(ref KernelCall call, int first, int rows, int columns)
    {
        var s = new PoolingShape
        {
            N = rows, C = call.Integer(first), H = call.Integer(first + 1), W = call.Integer(first + 2), R = call.Integer(first + 3), S = call.Integer(first + 4),
            StrideH = call.Integer(first + 5), StrideW = call.Integer(first + 6),
            Top = call.Integer(first + 7), Bottom = call.Integer(first + 8), Left = call.Integer(first + 9), Right = call.Integer(first + 10),
        };
        if (columns != s.C * s.H * s.W)
        {
            throw KernelErrors.Shape.With("A pooling", $"images of {s.C} x {s.H} x {s.W} = {s.C * s.H * s.W} columns", rows, columns);
        }

        if (s.StrideH < 1 || s.StrideW < 1 || s.P < 1 || s.Q < 1)
        {
            throw KernelErrors.Value.With("A pooling", "a window that fits into the padded image and strides from 1", $"image {s.H} x {s.W}, window {s.R} x {s.S}, stride {s.StrideH} x {s.StrideW}");
        }

        return s;
    }

    private static void CheckGradient(in PoolingShape s, int rows, int columns)
    {
        if (rows != s.N || columns != s.C * s.P * s.Q)
        {
            throw KernelErrors.Shape.With("A pooling's gradient", $"{s.N} x {s.C * s.P * s.Q}", rows, columns);
        }
    }
}
