using Keras2Dml.Core.Errors;
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
        Householder(r, h, null);
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

    /// <summary>x that minimizes |A x - b|. A and b are destroyed.</summary>
    public static Matrix LeastSquares(ref KernelCall call, Matrix a, Matrix b)
    {
        Matrix h = call.Pool.Rent(a.Rows, a.Columns, MatrixType.Double, clear: true);
        Householder(a, h, b);
        h.Release();
        int n = a.Columns;
        Matrix x = call.Pool.Rent(n, b.Columns, MatrixType.Double);
        for (int k = n - 1; k >= 0; k--)
        {
            if (a[k, k] == 0)
            {
                x.Release();
                throw KernelErrors.Singular.With("solve", "singular");
            }

            for (int j = 0; j < b.Columns; j++)
            {
                double sum = b[k, j];
                for (int i = k + 1; i < n; i++)
                {
                    sum -= a[k, i] * x[i, j];
                }

                x[k, j] = sum / a[k, k];
            }
        }

        return x;
    }

    // Column k of h is v = (x - alpha e) / -alpha with a reflection I - v t(v) / v[k]; r becomes R, b becomes t(Q) b.
    private static void Householder(Matrix r, Matrix h, Matrix? b)
    {
        for (int k = 0; k < Math.Min(r.Rows, r.Columns); k++)
        {
            double norm = 0;
            for (int i = k; i < r.Rows; i++)
            {
                norm += r[i, k] * r[i, k];
            }

            norm = Math.Sqrt(norm);
            double alpha = r[k, k] > 0 ? -norm : norm;
            if (alpha == 0)
            {
                continue;
            }

            for (int i = k; i < r.Rows; i++)
            {
                h[i, k] = (i == k ? r[i, k] - alpha : r[i, k]) / -alpha;
            }

            Reflect(h, k, r, k);
            if (b is not null)
            {
                Reflect(h, k, b, 0);
            }
        }
    }

    private static void Reflect(Matrix h, int k, Matrix m, int firstColumn)
    {
        for (int j = firstColumn; j < m.Columns; j++)
        {
            double dot = 0;
            for (int i = k; i < m.Rows; i++)
            {
                dot += h[i, k] * m[i, j];
            }

            for (int i = k; i < m.Rows; i++)
            {
                m[i, j] -= dot / h[k, k] * h[i, k];
            }
        }
    }
}
