using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Normalization;

/// <summary>The DML builtins batch_norm2d and batch_norm2d_backward.</summary>
/// <remarks>
/// As in SystemDS 3.3 on the CPU, training moves the average variance towards the batch <em>mean</em>; our library normalizes with
/// functions of its own and never meets this.
/// </remarks>
internal static class BatchNorm2dKernel
{
    // Inputs: X, gamma, beta, mean, variance (C x 1), mode, epsilon, momentum. Outputs: out, mean, variance, cached mean, cached 1/sqrt(variance + epsilon).
    public static void Forward(ref KernelCall call)
    {
        if (call.Matrix(0).Type == MatrixType.Single)
        {
            Forward<float>(ref call);
        }
        else
        {
            Forward<double>(ref call);
        }
    }

    // Inputs: X, dout, gamma, epsilon, cached mean, cached inverse deviation. Outputs: dX, dgamma, dbeta.
    public static void Backward(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            Backward<float>(ref call);
        }
        else
        {
            Backward<double>(ref call);
        }
    }

    private static unsafe void Forward<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> gamma = Operand<T>.Of(ref call, 1);
        using Operand<T> beta = Operand<T>.Of(ref call, 2);
        using Operand<T> oldMean = Operand<T>.Of(ref call, 3);
        using Operand<T> oldVariance = Operand<T>.Of(ref call, 4);
        bool train = call.Text(5) switch
        {
            "train" => true,
            "test" => false,
            var other => throw KernelErrors.Value.With("batch_norm2d", "mode \"train\" or \"test\"", other),
        };
        double epsilon = call.Number(6), momentum = call.Number(7);
        int channels = (int)gamma.Length;
        int cells = Cells(x, channels);
        MatrixType type = Element.TypeOf<T>();
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, type);
        Matrix mean = call.Pool.Rent(channels, 1, type), variance = call.Pool.Rent(channels, 1, type);
        Matrix cachedMean = call.Pool.Rent(channels, 1, type), cachedInverse = call.Pool.Rent(channels, 1, type);
        long n = (long)x.Rows * cells;
        for (int c = 0; c < channels; c++)
        {
            double m, v;
            if (train)
            {
                m = Sum(x, c, cells, 0, false) / n;
                v = Sum(x, c, cells, m, true) / n;
                mean[c, 0] = momentum * double.CreateTruncating(oldMean.Data[c]) + (1 - momentum) * m;
                variance[c, 0] = momentum * double.CreateTruncating(oldVariance.Data[c]) + (1 - momentum) * m;
            }
            else
            {
                m = double.CreateTruncating(oldMean.Data[c]);
                v = double.CreateTruncating(oldVariance.Data[c]);
                mean[c, 0] = m;
                variance[c, 0] = v;
            }

            double inverse = 1 / Math.Sqrt(v + epsilon);
            cachedMean[c, 0] = m;
            cachedInverse[c, 0] = inverse;
            double scale = double.CreateTruncating(gamma.Data[c]), shift = double.CreateTruncating(beta.Data[c]);
            for (int i = 0; i < x.Rows; i++)
            {
                T* from = x.Data + (long)i * x.Columns + (long)c * cells;
                T* to = (T*)result.Data + (long)i * x.Columns + (long)c * cells;
                for (int j = 0; j < cells; j++)
                {
                    to[j] = T.CreateTruncating((double.CreateTruncating(from[j]) - m) * inverse * scale + shift);
                }
            }
        }

        call.Return(0, result);
        call.Return(1, mean);
        call.Return(2, variance);
        call.Return(3, cachedMean);
        call.Return(4, cachedInverse);
    }

    private static unsafe void Backward<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> dout = Operand<T>.Of(ref call, 1);
        using Operand<T> gamma = Operand<T>.Of(ref call, 2);
        using Operand<T> mean = Operand<T>.Of(ref call, 4);
        using Operand<T> inverse = Operand<T>.Of(ref call, 5);
        int channels = (int)gamma.Length;
        int cells = Cells(x, channels);
        MatrixType type = Element.TypeOf<T>();
        Matrix dx = call.Pool.Rent(x.Rows, x.Columns, type);
        Matrix dgamma = call.Pool.Rent(channels, 1, type), dbeta = call.Pool.Rent(channels, 1, type);
        double n = (double)x.Rows * cells;
        for (int c = 0; c < channels; c++)
        {
            double m = double.CreateTruncating(mean.Data[c]), inv = double.CreateTruncating(inverse.Data[c]), sum = 0, product = 0;
            for (int i = 0; i < x.Rows; i++)
            {
                long at = (long)i * x.Columns + (long)c * cells;
                for (int j = 0; j < cells; j++)
                {
                    double g = double.CreateTruncating(dout.Data[at + j]);
                    sum += g;
                    product += g * (double.CreateTruncating(x.Data[at + j]) - m) * inv;
                }
            }

            dbeta[c, 0] = sum;
            dgamma[c, 0] = product;
            double scale = double.CreateTruncating(gamma.Data[c]) * inv / n;
            for (int i = 0; i < x.Rows; i++)
            {
                long at = (long)i * x.Columns + (long)c * cells;
                for (int j = 0; j < cells; j++)
                {
                    double g = double.CreateTruncating(dout.Data[at + j]), normalized = (double.CreateTruncating(x.Data[at + j]) - m) * inv;
                    ((T*)dx.Data)[at + j] = T.CreateTruncating(scale * (n * g - sum - normalized * product));
                }
            }
        }

        call.Return(0, dx);
        call.Return(1, dgamma);
        call.Return(2, dbeta);
    }

    private static int Cells<T>(in Operand<T> x, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        channels > 0 && x.Columns % channels == 0
            ? x.Columns / channels
            : throw KernelErrors.Shape.With("batch_norm2d", $"a number of columns divisible by the {channels} channels", x.Rows, x.Columns);

    private static unsafe double Sum<T>(in Operand<T> x, int channel, int cells, double center, bool square)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < x.Rows; i++)
        {
            T* from = x.Data + (long)i * x.Columns + (long)channel * cells;
            for (int j = 0; j < cells; j++)
            {
                double d = double.CreateTruncating(from[j]) - center;
                sum += square ? d * d : d;
            }
        }

        return sum;
    }
}
