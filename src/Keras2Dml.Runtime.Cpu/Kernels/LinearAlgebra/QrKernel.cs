using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;

/// <summary>QR decomposition by Householder reflections.</summary>
internal static class QrKernel
{
    /// <summary>H (m x m, the reflection vectors) and R (m x n), as Apache Commons Math gives them.</summary>
    public static void Run(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        Matrix r = DenseMatrix.Copy(ref call, a), h = call.Pool.Rent(a.Rows, Math.Min(a.Rows, a.Columns), MatrixType.Double, clear: true);
        Householder(r, h);
        for (int i = 1; i < r.Rows; i++)
        {
            for (int j = 0; j < Math.Min(i, r.Columns); j++)
            {
                r[i, j] = 0;
            }
        }

        DenseMatrix.Return(ref call, 0, h);
        DenseMatrix.Return(ref call, 1, r);
    }

    // Column k of h becomes v / -alpha with v = x - alpha e; r becomes R. The order of operations is that of Apache Commons Math.
    private static void Householder(Matrix r, Matrix h)
    {
        int n = Math.Min(r.Rows, r.Columns);
        for (int k = 0; k < n; k++)
        {
            double norm = 0;
            for (int i = k; i < r.Rows; i++)
            {
                norm += r[i, k] * r[i, k];
            }

            double alpha = r[k, k] > 0 ? -Math.Sqrt(norm) : Math.Sqrt(norm);
            if (alpha == 0)
            {
                continue;
            }

            r[k, k] -= alpha;
            for (int j = k + 1; j < r.Columns; j++)
            {
                double factor = 0;
                for (int i = k; i < r.Rows; i++)
                {
                    factor -= r[i, j] * r[i, k];
                }

                factor /= alpha * r[k, k];
                for (int i = k; i < r.Rows; i++)
                {
                    r[i, j] -= factor * r[i, k];
                }
            }

            for (int i = k; i < r.Rows; i++)
            {
                h[i, k] = r[i, k] / -alpha;
            }

            r[k, k] = alpha;
        }
    }
}
