using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;

/// <summary>Working copies of matrices in double precision for the decompositions.</summary>
internal static class DenseMatrix
{
    /// <summary>A copy that the caller may change; release it or return it.</summary>
    public static Matrix Copy(ref KernelCall call, Matrix from)
    {
        Matrix copy = call.Pool.Rent(from.Rows, from.Columns, MatrixType.Double);
        Element.Convert(from, copy);
        return copy;
    }

    /// <summary>The n x n identity.</summary>
    public static Matrix Identity(ref KernelCall call, int n)
    {
        Matrix m = call.Pool.Rent(n, n, MatrixType.Double, clear: true);
        for (int i = 0; i < n; i++)
        {
            m[i, i] = 1;
        }

        return m;
    }

    /// <summary>Stores the double matrix as result, in the kind of the first input; takes the matrix over.</summary>
    public static void Return(ref KernelCall call, int output, Matrix m)
    {
        MatrixType type = call.Matrix(0).Type;
        if (m.Type != type)
        {
            Matrix converted = call.Pool.Rent(m.Rows, m.Columns, type);
            Element.Convert(m, converted);
            m.Release();
            m = converted;
        }

        call.Return(output, m);
    }

    public static void SwapRows(Matrix m, int a, int b)
    {
        if (a != b)
        {
            for (int j = 0; j < m.Columns; j++)
            {
                (m[a, j], m[b, j]) = (m[b, j], m[a, j]);
            }
        }
    }
}
