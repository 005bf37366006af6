using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Running results down the columns.</summary>
internal static class CumulativeKernel
{
    public static void Sum(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.RentOrReuse(0, a.Rows, a.Columns, a.Type);
        for (int j = 0; j < a.Columns; j++)
        {
            KahanSum sum = default;
            for (int i = 0; i < a.Rows; i++)
            {
                sum.Add(a[i, j]);
                result[i, j] = sum.Sum;
            }
        }

        call.Return(0, result);
    }

    public static void Product(ref KernelCall call) => Run(ref call, 1, static (state, x) => state * x);

    public static void Minimum(ref KernelCall call) => Run(ref call, double.PositiveInfinity, Math.Min);

    public static void Maximum(ref KernelCall call) => Run(ref call, double.NegativeInfinity, Math.Max);

    /// <summary>y[i] = a[i] + b[i] * y[i - 1] for an n x 2 matrix of a and b.</summary>
    public static void SumProduct(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        if (a.Columns != 2)
        {
            throw KernelErrors.Shape.With("cumsumprod", "two columns", a.Rows, a.Columns);
        }

        Matrix result = call.Pool.Rent(a.Rows, 1, a.Type);
        double y = 0;
        for (int i = 0; i < a.Rows; i++)
        {
            y = a[i, 0] + a[i, 1] * y;
            result[i, 0] = y;
        }

        call.Return(0, result);
    }

    private static void Run(ref KernelCall call, double start, Func<double, double, double> step)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.RentOrReuse(0, a.Rows, a.Columns, a.Type);
        for (int j = 0; j < a.Columns; j++)
        {
            double state = start;
            for (int i = 0; i < a.Rows; i++)
            {
                state = step(state, a[i, j]);
                result[i, j] = state;
            }
        }

        call.Return(0, result);
    }
}
