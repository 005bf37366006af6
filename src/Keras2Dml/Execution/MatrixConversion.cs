using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Execution;

/// <summary>Tensors of the caller to matrices of the engine and back.</summary>
internal static class MatrixConversion
{
    /// <summary>A batch: the first axis gives the rows, the rest is flattened in row-major order. (N, a, b) -> N x (a*b).</summary>
    public static Matrix FromBatch(Tensor tensor, BufferPool pool, MatrixType type)
    {
        int rows = tensor.Rank == 0 ? 1 : tensor.Shape[0];
        int columns = 1;
        for (int i = 1; i < tensor.Rank; i++)
        {
            columns = checked(columns * tensor.Shape[i]);
        }

        Matrix matrix = pool.Rent(rows, columns, type);
        Fill(matrix, tensor);
        return matrix;
    }

    /// <summary>A matrix N x (product of <paramref name="shape"/>) as a tensor (N, shape...).</summary>
    public static Tensor ToBatch(Matrix matrix, ReadOnlySpan<int> shape)
    {
        int elements = 1;
        foreach (int size in shape)
        {
            elements *= size;
        }

        int[] full = elements == matrix.Columns ? [matrix.Rows, .. shape] : [matrix.Rows, matrix.Columns];
        return ToTensor(matrix, full);
    }

    /// <summary>A variable in Keras's order as its DML matrix.</summary>
    public static Matrix FromParameter(Tensor value, MatrixStorage storage, BufferPool pool, MatrixType type)
    {
        Matrix matrix = pool.Rent(storage.Rows, storage.Columns, type);
        if (IsPlain(storage))
        {
            Fill(matrix, value);
            return matrix;
        }

        int[] order = PermutedOffsets(value.Shape, storage.Permutation);
        for (int i = 0; i < order.Length; i++)
        {
            matrix.Set(i, value.GetDouble(order[i]));
        }

        return matrix;
    }

    /// <summary>A DML matrix of a variable back in Keras's order and element type.</summary>
    public static Tensor ToParameter(Matrix matrix, IReadOnlyList<int> shape, MatrixStorage storage, ElementType type)
    {
        Tensor plain = ToTensor(matrix, [matrix.Rows * matrix.Columns]);
        double[]? doubles = plain.ElementType == ElementType.Float64 ? plain.AsSpan<double>().ToArray() : null;
        if (!IsPlain(storage))
        {
            int[] order = PermutedOffsets(shape, storage.Permutation);
            var values = new double[order.Length];
            for (int i = 0; i < order.Length; i++)
            {
                values[order[i]] = plain.GetDouble(i);
            }

            doubles = values;
        }

        Tensor result = doubles is null ? plain.Reshape([.. shape]) : Tensor.From(doubles, [.. shape]);
        return result.Cast(type);
    }

    /// <summary>All elements of a matrix under a shape, in its own precision.</summary>
    public static Tensor ToTensor(Matrix matrix, params int[] shape) => matrix.Type == MatrixType.Single
        ? Tensor.From(matrix.Singles.ToArray(), shape)
        : Tensor.From(matrix.Doubles.ToArray(), shape);

    private static void Fill(Matrix matrix, Tensor tensor)
    {
        if (tensor.ElementType == ElementType.String)
        {
            throw DataErrors.NotNumbers.With();
        }

        if (tensor.ElementType == ElementType.Float32 && matrix.Type == MatrixType.Single)
        {
            tensor.AsSpan<float>().CopyTo(matrix.Singles);
        }
        else if (tensor.ElementType == ElementType.Float64 && matrix.Type == MatrixType.Double)
        {
            tensor.AsSpan<double>().CopyTo(matrix.Doubles);
        }
        else
        {
            for (int i = 0; i < tensor.Length; i++)
            {
                matrix.Set(i, tensor.GetDouble(i));
            }
        }
    }

    private static bool IsPlain(MatrixStorage storage)
    {
        for (int i = 0; i < storage.Permutation.Count; i++)
        {
            if (storage.Permutation[i] != i)
            {
                return false;
            }
        }

        return true;
    }

    // Element i of the result: where the element that comes at place i after the permutation lies in the original.
    private static int[] PermutedOffsets(IReadOnlyList<int> shape, IReadOnlyList<int> permutation)
    {
        int rank = shape.Count;
        var strides = new int[rank];
        int length = 1;
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            strides[axis] = length;
            length *= shape[axis];
        }

        var offsets = new int[length];
        var index = new int[rank];
        for (int i = 0; i < length; i++)
        {
            int offset = 0;
            for (int axis = 0; axis < rank; axis++)
            {
                offset += index[axis] * strides[permutation[axis]];
            }

            offsets[i] = offset;
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == shape[permutation[axis]]; axis--)
            {
                index[axis] = 0;
            }
        }

        return offsets;
    }
}
