using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;

/// <summary>Systems of linear equations: lu, solve, inv, det, cholesky.</summary>
internal static class SolveKernel
{
    /// <summary>x with A x = b for a square matrix A.</summary>
    public static void Solve(ref KernelCall call)
    {
        Matrix a = Square(ref call, "solve"), b = call.Matrix(1);
        if (b.Rows != a.Rows)
        {
            throw KernelErrors.InnerDimensions.With(a.Rows, a.Columns, b.Rows, b.Columns);
        }

        Matrix x = DenseMatrix.Copy(ref call, b), work = DenseMatrix.Copy(ref call, a);
        Eliminate(work, x, "solve");
        work.Release();
        DenseMatrix.Return(ref call, 0, x);
    }

    /// <summary>Inverse of a square matrix.</summary>
    public static void Inverse(ref KernelCall call)
    {
        Matrix a = Square(ref call, "inv");
        Matrix work = DenseMatrix.Copy(ref call, a), x = DenseMatrix.Identity(ref call, a.Rows);
        Eliminate(work, x, "inv");
        work.Release();
        DenseMatrix.Return(ref call, 0, x);
    }

    /// <summary>Determinant.</summary>
    public static void Determinant(ref KernelCall call)
    {
        Matrix a = Square(ref call, "det");
        Matrix work = DenseMatrix.Copy(ref call, a);
        double det = 1;
        for (int k = 0; k < a.Rows; k++)
        {
            int pivot = Pivot(work, k);
            if (work[pivot, k] == 0)
            {
                det = 0;
                break;
            }

            if (pivot != k)
            {
                DenseMatrix.SwapRows(work, k, pivot);
                det = -det;
            }

            det *= work[k, k];
            Reduce(work, k, null);
        }

        work.Release();
        call.Return(0, det);
    }

    /// <summary>P, L, U with P A = L U.</summary>
    public static void Lu(ref KernelCall call)
    {
        Matrix a = Square(ref call, "lu");
        int n = a.Rows;
        Matrix u = DenseMatrix.Copy(ref call, a), l = DenseMatrix.Identity(ref call, n), p = DenseMatrix.Identity(ref call, n);
        for (int k = 0; k < n; k++)
        {
            int pivot = Pivot(u, k);
            if (u[pivot, k] == 0)
            {
                continue;
            }

            DenseMatrix.SwapRows(u, k, pivot);
            DenseMatrix.SwapRows(p, k, pivot);
            for (int j = 0; j < k && pivot != k; j++)
            {
                (l[k, j], l[pivot, j]) = (l[pivot, j], l[k, j]);
            }

            for (int i = k + 1; i < n; i++)
            {
                double factor = u[i, k] / u[k, k];
                l[i, k] = factor;
                u[i, k] = 0;
                for (int j = k + 1; j < n; j++)
                {
                    u[i, j] -= factor * u[k, j];
                }
            }
        }

        DenseMatrix.Return(ref call, 0, p);
        DenseMatrix.Return(ref call, 1, l);
        DenseMatrix.Return(ref call, 2, u);
    }

    /// <summary>Lower triangle L with L t(L) = A, for symmetric positive definite A.</summary>
    public static void Cholesky(ref KernelCall call)
    {
        Matrix a = Square(ref call, "cholesky");
        int n = a.Rows;
        Matrix l = call.Pool.Rent(n, n, MatrixType.Double, clear: true);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                if (Math.Abs(a[i, j] - a[j, i]) > 1e-15 * Math.Max(Math.Abs(a[i, j]), Math.Abs(a[j, i])))
                {
                    l.Release();
                    throw KernelErrors.Singular.With("cholesky", "not symmetric");
                }

                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                if (i != j)
                {
                    l[i, j] = sum / l[j, j];
                }
                else if (sum > 1e-10)
                {
                    l[i, i] = Math.Sqrt(sum);
                }
                else
                {
                    l.Release();
                    throw KernelErrors.Singular.With("cholesky", "not positive definite");
                }
            }
        }

        DenseMatrix.Return(ref call, 0, l);
    }

    private static Matrix Square(ref KernelCall call, string name)
    {
        Matrix a = call.Matrix(0);
        return a.Rows == a.Columns ? a : throw KernelErrors.Shape.With(name, "a square matrix", a.Rows, a.Columns);
    }

    // Gaussian elimination with partial pivoting; x becomes A^-1 x.
    private static void Eliminate(Matrix a, Matrix x, string name)
    {
        int n = a.Rows;
        for (int k = 0; k < n; k++)
        {
            int pivot = Pivot(a, k);
            if (Math.Abs(a[pivot, k]) < 1e-300)
            {
                a.Release();
                x.Release();
                throw KernelErrors.Singular.With(name, "singular");
            }

            DenseMatrix.SwapRows(a, k, pivot);
            DenseMatrix.SwapRows(x, k, pivot);
            Reduce(a, k, x);
        }

        for (int k = n - 1; k >= 0; k--)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                double sum = x[k, j];
                for (int i = k + 1; i < n; i++)
                {
                    sum -= a[k, i] * x[i, j];
                }

                x[k, j] = sum / a[k, k];
            }
        }
    }

    private static int Pivot(Matrix a, int k)
    {
        int best = k;
        for (int i = k + 1; i < a.Rows; i++)
        {
            if (Math.Abs(a[i, k]) > Math.Abs(a[best, k]))
            {
                best = i;
            }
        }

        return best;
    }

    private static void Reduce(Matrix a, int k, Matrix? x)
    {
        for (int i = k + 1; i < a.Rows; i++)
        {
            double factor = a[i, k] / a[k, k];
            if (factor == 0)
            {
                continue;
            }

            for (int j = k; j < a.Columns; j++)
            {
                a[i, j] -= factor * a[k, j];
            }

            for (int j = 0; x is not null && j < x.Columns; j++)
            {
                x[i, j] -= factor * x[k, j];
            }
        }
    }
}
