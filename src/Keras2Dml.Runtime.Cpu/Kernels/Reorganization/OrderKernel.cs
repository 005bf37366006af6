using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>order: stable sort of rows by one or several columns; equal rows stay in ascending order of their position.</summary>
internal static unsafe class OrderKernel
{
    // Inputs: X, by (scalar or 1 x k matrix, columns from 1), decreasing, index.return.
    public static void Run(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        bool decreasing = call.Inputs[2].AsBoolean(), indexes = call.Inputs[3].AsBoolean();
        Value by = call.Inputs[1];
        int keys = by.Tag == ValueTag.Matrix ? (int)by.AsMatrix().Length : 1;
        Matrix order = Scratch.Rent(call.Pool, 2L * x.Rows * sizeof(int)), values = Scratch.Rent(call.Pool, (long)x.Rows * sizeof(double));
        int* rows = (int*)order.Data;
        for (int i = 0; i < x.Rows; i++)
        {
            rows[i] = i;
        }

        // Stable sorts from the last key to the first sort by all keys.
        for (int k = keys - 1; k >= 0; k--)
        {
            double column = by.Tag == ValueTag.Matrix ? by.AsMatrix().Get(k) : by.AsDouble();
            int c = (int)column;
            if (c < 1 || c > x.Columns)
            {
                throw KernelErrors.Value.With("order", $"a column from 1 to {x.Columns}", column);
            }

            for (int i = 0; i < x.Rows; i++)
            {
                ((double*)values.Data)[i] = x[i, c - 1];
            }

            Sort(rows, rows + x.Rows, (double*)values.Data, x.Rows, decreasing);
        }

        Matrix result;
        if (indexes)
        {
            result = call.Pool.Rent(x.Rows, 1, MatrixType.Double);
            for (int i = 0; i < x.Rows; i++)
            {
                result[i, 0] = rows[i] + 1;
            }
        }
        else
        {
            result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
            long bytes = (long)x.Columns * Element.Size(x.Type);
            for (int i = 0; i < x.Rows; i++)
            {
                Buffer.MemoryCopy((byte*)x.Data + rows[i] * bytes, (byte*)result.Data + i * bytes, bytes, bytes);
            }
        }

        order.Release();
        values.Release();
        call.Return(0, result);
    }

    // Bottom-up merge sort; NaN counts as larger than everything.
    private static void Sort(int* rows, int* spare, double* values, int n, bool decreasing)
    {
        int* from = rows, to = spare;
        for (long width = 1; width < n; width *= 2)
        {
            for (long start = 0; start < n; start += 2 * width)
            {
                int middle = (int)Math.Min(n, start + width), end = (int)Math.Min(n, start + 2 * width);
                int i = (int)start, j = middle;
                for (int k = (int)start; k < end; k++)
                {
                    bool left = j >= end || (i < middle && !Before(values[from[j]], values[from[i]], decreasing));
                    to[k] = left ? from[i++] : from[j++];
                }
            }

            int* swap = from;
            from = to;
            to = swap;
        }

        if (from != rows)
        {
            new Span<int>(from, n).CopyTo(new Span<int>(rows, n));
        }
    }

    private static bool Before(double a, double b, bool decreasing)
    {
        int order = double.IsNaN(a) ? (double.IsNaN(b) ? 0 : 1) : double.IsNaN(b) ? -1 : a.CompareTo(b);
        return decreasing ? order > 0 : order < 0;
    }
}
