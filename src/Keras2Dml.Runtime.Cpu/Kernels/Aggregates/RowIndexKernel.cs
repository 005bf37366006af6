using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Column (from 1) of the largest or smallest cell of each row: the last of equal ones; NaN never wins.</summary>
internal static class RowIndexKernel
{
    public static void Largest(ref KernelCall call) => Run(ref call, true);

    public static void Smallest(ref KernelCall call) => Run(ref call, false);

    private static unsafe void Run(ref KernelCall call, bool largest)
    {
        Matrix a = call.Matrix(0);
        Matrix result = call.Pool.Rent(a.Rows, 1, MatrixType.Double);
        double* to = (double*)result.Data;
        for (int i = 0; i < a.Rows; i++)
        {
            to[i] = a.Type == MatrixType.Single
                ? Find((float*)a.Data + (long)i * a.Columns, a.Columns, largest)
                : Find((double*)a.Data + (long)i * a.Columns, a.Columns, largest);
        }

        call.Return(0, result);
    }

    private static unsafe int Find<T>(T* row, int n, bool largest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0;
        T value = largest ? T.NegativeInfinity : T.PositiveInfinity;
        for (int j = 0; j < n; j++)
        {
            if (largest ? row[j] >= value : row[j] <= value)
            {
                value = row[j];
                best = j;
            }
        }

        return best + 1;
    }
}
