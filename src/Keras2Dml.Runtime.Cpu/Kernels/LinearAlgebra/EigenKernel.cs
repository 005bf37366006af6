using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;

/// <summary>Eigenvalues of symmetric matrices and singular values, by Jacobi rotations.</summary>
internal static class EigenKernel
{
    private const int MostSweeps = 100;

    /// <summary>Eigenvalues ascending (n x 1) and eigenvectors as columns (n x n) of a symmetric matrix.</summary>
    public static void Run(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        if (a.Rows != a.Columns)
        {
            throw KernelErrors.Shape.With("eigen", "a square matrix", a.Rows, a.Columns);
        }

        int n = a.Rows;
        Matrix work = DenseMatrix.Copy(ref call, a), vectors = DenseMatrix.Identity(ref call, n);
        Diagonalize(work, vectors);
        Matrix values = call.Pool.Rent(n, 1, MatrixType.Double), sorted = call.Pool.Rent(n, n, MatrixType.Double);
        Span<bool> used = stackalloc bool[n];
        for (int k = 0; k < n; k++)
        {
            int best = -1;
            for (int i = 0; i < n; i++)
            {
                if (!used[i] && (best < 0 || work[i, i] < work[best, best]))
                {
                    best = i;
                }
            }

            used[best] = true;
            values[k, 0] = work[best, best];
            for (int i = 0; i < n; i++)
            {
                sorted[i, k] = vectors[i, best];
            }
        }

        work.Release();
        vectors.Release();
        DenseMatrix.Return(ref call, 0, values);
        DenseMatrix.Return(ref call, 1, sorted);
    }

    /// <summary>U (m x k), S (k x k, descending diagonal), V (n x k) with X = U S t(V), k = min(m, n): one-sided Jacobi (Hestenes 1958).</summary>
    public static void SingularValues(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        bool wide = x.Rows < x.Columns;
        int m = wide ? x.Columns : x.Rows, n = wide ? x.Rows : x.Columns;
        Matrix u = call.Pool.Rent(m, n, MatrixType.Double), v = DenseMatrix.Identity(ref call, n);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                u[i, j] = wide ? x[j, i] : x[i, j];
            }
        }

        bool rotated = true;
        for (int sweep = 0; sweep < MostSweeps && rotated; sweep++)
        {
            rotated = false;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    rotated |= Orthogonalize(u, v, p, q);
                }
            }
        }

        Matrix s = call.Pool.Rent(n, n, MatrixType.Double, clear: true);
        Matrix left = call.Pool.Rent(m, n, MatrixType.Double), right = call.Pool.Rent(n, n, MatrixType.Double);
        Span<bool> used = stackalloc bool[n];
        Span<double> norms = stackalloc double[n];
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int i = 0; i < m; i++)
            {
                sum += u[i, j] * u[i, j];
            }

            norms[j] = Math.Sqrt(sum);
        }

        for (int k = 0; k < n; k++)
        {
            int best = -1;
            for (int j = 0; j < n; j++)
            {
                if (!used[j] && (best < 0 || norms[j] > norms[best]))
                {
                    best = j;
                }
            }

            used[best] = true;
            s[k, k] = norms[best];
            for (int i = 0; i < m; i++)
            {
                left[i, k] = norms[best] > 0 ? u[i, best] / norms[best] : 0;
            }

            for (int i = 0; i < n; i++)
            {
                right[i, k] = v[i, best];
            }
        }

        u.Release();
        v.Release();
        DenseMatrix.Return(ref call, 0, wide ? right : left);
        DenseMatrix.Return(ref call, 1, s);
        DenseMatrix.Return(ref call, 2, wide ? left : right);
    }

    /// <summary>Square root of a symmetric positive semidefinite matrix.</summary>
    public static void SquareRoot(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        if (a.Rows != a.Columns)
        {
            throw KernelErrors.Shape.With("sqrtMatrix", "a square matrix", a.Rows, a.Columns);
        }

        int n = a.Rows;
        Matrix work = DenseMatrix.Copy(ref call, a), vectors = DenseMatrix.Identity(ref call, n);
        Diagonalize(work, vectors);
        Matrix result = call.Pool.Rent(n, n, MatrixType.Double, clear: true);
        for (int k = 0; k < n; k++)
        {
            double root = Math.Sqrt(work[k, k]);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    result[i, j] += vectors[i, k] * root * vectors[j, k];
                }
            }
        }

        work.Release();
        vectors.Release();
        DenseMatrix.Return(ref call, 0, result);
    }

    // Cyclic Jacobi: a becomes diagonal, v collects the rotations.
    private static void Diagonalize(Matrix a, Matrix v)
    {
        int n = a.Rows;
        for (int sweep = 0; sweep < MostSweeps; sweep++)
        {
            double off = 0, total = 0;
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    total += a[i, j] * a[i, j];
                    off += i == j ? 0 : a[i, j] * a[i, j];
                }
            }

            if (off <= 1e-32 * total)
            {
                return;
            }

            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    if (a[p, q] == 0)
                    {
                        continue;
                    }

                    (double c, double s) = Rotation(a[p, p], a[q, q], a[p, q]);
                    for (int k = 0; k < n; k++)
                    {
                        double x = a[k, p], y = a[k, q];
                        a[k, p] = c * x - s * y;
                        a[k, q] = s * x + c * y;
                    }

                    for (int k = 0; k < n; k++)
                    {
                        double x = a[p, k], y = a[q, k];
                        a[p, k] = c * x - s * y;
                        a[q, k] = s * x + c * y;
                        double vx = v[k, p], vy = v[k, q];
                        v[k, p] = c * vx - s * vy;
                        v[k, q] = s * vx + c * vy;
                    }
                }
            }
        }
    }

    private static bool Orthogonalize(Matrix u, Matrix v, int p, int q)
    {
        double alpha = 0, beta = 0, gamma = 0;
        for (int i = 0; i < u.Rows; i++)
        {
            alpha += u[i, p] * u[i, p];
            beta += u[i, q] * u[i, q];
            gamma += u[i, p] * u[i, q];
        }

        if (Math.Abs(gamma) <= 1e-16 * Math.Sqrt(alpha * beta) || gamma == 0)
        {
            return false;
        }

        (double c, double s) = Rotation(alpha, beta, gamma);
        Rotate(u, p, q, c, s);
        Rotate(v, p, q, c, s);
        return true;
    }

    private static void Rotate(Matrix m, int p, int q, double c, double s)
    {
        for (int i = 0; i < m.Rows; i++)
        {
            double x = m[i, p], y = m[i, q];
            m[i, p] = c * x - s * y;
            m[i, q] = s * x + c * y;
        }
    }

    // Cosine and sine that make the off-diagonal of [[pp, pq], [pq, qq]] zero (Golub and Van Loan, 8.4).
    private static (double C, double S) Rotation(double pp, double qq, double pq)
    {
        double tau = (qq - pp) / (2 * pq);
        double t = tau == 0 ? 1 : Math.Sign(tau) / (Math.Abs(tau) + Math.Sqrt(1 + tau * tau));
        double c = 1 / Math.Sqrt(1 + t * t);
        return (c, t * c);
    }
}
