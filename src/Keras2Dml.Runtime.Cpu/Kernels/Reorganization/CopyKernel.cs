using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>Operators that move whole runs of cells: reshape, bind, index, assign a range, fill, reverse.</summary>
internal static unsafe class CopyKernel
{
    // Inputs: X, rows, columns, by row.
    public static void Reshape(ref KernelCall call)
    {
        int rows = call.Integer(1), columns = call.Integer(2);
        bool byRow = call.Inputs[3].AsBoolean();
        Matrix x = call.Matrix(0);
        if ((long)rows * columns != x.Length)
        {
            throw KernelErrors.Shape.With("A reshape", $"{x.Length} cells", rows, columns);
        }

        if (byRow)
        {
            call.Return(0, call.Pool.Reshape(x, rows, columns));
            return;
        }

        Matrix result = call.Pool.Rent(rows, columns, x.Type);
        long k = 0;
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++, k++)
            {
                result[i, j] = x.Get(k % x.Rows * x.Columns + k / x.Rows);
            }
        }

        call.Return(0, result);
    }

    // Inputs: value, rows, columns.
    public static void Fill(ref KernelCall call)
    {
        double value = call.Number(0);
        Matrix result = call.Pool.Rent(Size(ref call, 1), Size(ref call, 2), call.Precision);
        if (call.Precision == MatrixType.Single)
        {
            result.Singles.Fill((float)value);
        }
        else
        {
            result.Doubles.Fill(value);
        }

        call.Return(0, result);
    }

    // Inputs: from, to, step. A column; counts down when to < from.
    public static void Sequence(ref KernelCall call)
    {
        double from = call.Number(0), to = call.Number(1), step = call.Number(2);
        if (step == 0 || (to - from) * step < 0 || double.IsNaN(from + to + step))
        {
            throw KernelErrors.Value.With("seq", "a step that leads from the first to the last value", FormattableString.Invariant($"seq({from}, {to}, {step})"));
        }

        int n = checked((int)(1 + Math.Floor((to - from) / step + 1e-12)));
        Matrix result = call.Pool.Rent(n, 1, MatrixType.Double);
        Span<double> cells = result.Doubles;
        for (int i = 0; i < n; i++)
        {
            cells[i] = from + i * step;
        }

        call.Return(0, result);
    }

    // Inputs: X, first row, last row, first column, last column (from 1, inclusive; 0, 0 for the whole side).
    public static void Index(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        (int r0, int r1, int c0, int c1) = Range(ref call, 1, x);
        if (c0 == 0 && c1 == x.Columns)
        {
            call.Return(0, call.Pool.View(x, r0, r1 - r0));
            return;
        }

        int size = Element.Size(x.Type), rows = r1 - r0, columns = c1 - c0;
        Matrix result = call.Pool.Rent(rows, columns, x.Type);
        CopyBlock((byte*)x.Data + ((long)r0 * x.Columns + c0) * size, (long)x.Columns * size, (byte*)result.Data, (long)columns * size, rows, (long)columns * size);
        call.Return(0, result);
    }

    // Inputs: X, Y (matrix or scalar), first row, last row, first column, last column (from 1, inclusive; 0, 0 for the whole side).
    public static void AssignRange(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        (int r0, int r1, int c0, int c1) = Range(ref call, 2, x);
        int rows = r1 - r0, columns = c1 - c0, size = Element.Size(x.Type);
        Value source = call.Inputs[1];
        if (source.Tag == ValueTag.Matrix && (source.AsMatrix().Rows != rows || source.AsMatrix().Columns != columns))
        {
            throw KernelErrors.Shape.With("A range assignment", $"{rows} x {columns}", source.AsMatrix().Rows, source.AsMatrix().Columns);
        }

        Matrix result = call.RentOrReuse(0, x.Rows, x.Columns, x.Type);
        if (result.Data != x.Data)
        {
            Buffer.MemoryCopy(x.Data, result.Data, x.Length * size, x.Length * size);
        }

        byte* to = (byte*)result.Data + ((long)r0 * x.Columns + c0) * size;
        if (source.Tag != ValueTag.Matrix)
        {
            for (int i = r0; i < r1; i++)
            {
                for (int j = c0; j < c1; j++)
                {
                    result[i, j] = source.AsDouble();
                }
            }
        }
        else if (source.AsMatrix() is var y && y.Type == x.Type)
        {
            CopyBlock((byte*)y.Data, (long)columns * size, to, (long)x.Columns * size, rows, (long)columns * size);
        }
        else
        {
            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                {
                    result[r0 + i, c0 + j] = y[i, j];
                }
            }
        }

        call.Return(0, result);
    }

    /// <summary>Matrices side by side.</summary>
    public static void BindColumns(ref KernelCall call)
    {
        MatrixType type = Element.Common(ref call);
        int rows = call.Matrix(0).Rows, columns = 0;
        for (int i = 0; i < call.Inputs.Length; i++)
        {
            Matrix m = call.Matrix(i);
            if (m.Rows != rows)
            {
                throw KernelErrors.Shape.With("cbind", $"{rows} rows", m.Rows, m.Columns);
            }

            columns += m.Columns;
        }

        Matrix result = call.Pool.Rent(rows, columns, type);
        int size = Element.Size(type), offset = 0;
        for (int i = 0; i < call.Inputs.Length; i++)
        {
            Matrix m = Typed(ref call, i, type);
            CopyBlock((byte*)m.Data, (long)m.Columns * size, (byte*)result.Data + (long)offset * size, (long)columns * size, rows, (long)m.Columns * size);
            offset += m.Columns;
            m.Release();
        }

        call.Return(0, result);
    }

    /// <summary>Matrices one below the other.</summary>
    public static void BindRows(ref KernelCall call)
    {
        MatrixType type = Element.Common(ref call);
        int rows = 0, columns = call.Matrix(0).Columns;
        for (int i = 0; i < call.Inputs.Length; i++)
        {
            Matrix m = call.Matrix(i);
            if (m.Columns != columns)
            {
                throw KernelErrors.Shape.With("rbind", $"{columns} columns", m.Rows, m.Columns);
            }

            rows += m.Rows;
        }

        Matrix result = call.Pool.Rent(rows, columns, type);
        int size = Element.Size(type);
        long offset = 0;
        for (int i = 0; i < call.Inputs.Length; i++)
        {
            Matrix m = Typed(ref call, i, type);
            long bytes = m.Length * size;
            Buffer.MemoryCopy(m.Data, (byte*)result.Data + offset, bytes, bytes);
            offset += bytes;
            m.Release();
        }

        call.Return(0, result);
    }

    /// <summary>Rows in reverse order.</summary>
    public static void Reverse(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
        long bytes = (long)x.Columns * Element.Size(x.Type);
        for (int i = 0; i < x.Rows; i++)
        {
            Buffer.MemoryCopy((byte*)x.Data + i * bytes, (byte*)result.Data + (x.Rows - 1 - i) * bytes, bytes, bytes);
        }

        call.Return(0, result);
    }

    // Inputs: X, shift. Row i moves to row (i + shift) modulo the number of rows.
    public static void Roll(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
        long shift = call.Inputs[1].AsInteger(), bytes = (long)x.Columns * Element.Size(x.Type);
        for (int i = 0; i < x.Rows; i++)
        {
            long to = ((i + shift) % x.Rows + x.Rows) % x.Rows;
            Buffer.MemoryCopy((byte*)x.Data + i * bytes, (byte*)result.Data + to * bytes, bytes, bytes);
        }

        call.Return(0, result);
    }

    /// <summary>A square matrix with the column on its diagonal, or the diagonal of a square matrix as a column.</summary>
    public static void Diagonal(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        if (x.Columns == 1)
        {
            Matrix square = call.Pool.Rent(x.Rows, x.Rows, x.Type, clear: true);
            for (int i = 0; i < x.Rows; i++)
            {
                square[i, i] = x[i, 0];
            }

            call.Return(0, square);
            return;
        }

        if (x.Rows != x.Columns)
        {
            throw KernelErrors.Shape.With("diag", "a column or a square matrix", x.Rows, x.Columns);
        }

        Matrix column = call.Pool.Rent(x.Rows, 1, x.Type);
        for (int i = 0; i < x.Rows; i++)
        {
            column[i, 0] = x[i, i];
        }

        call.Return(0, column);
    }

    // Inputs: X, diagonal kept, values kept (otherwise ones).
    public static void LowerTriangle(ref KernelCall call) => Triangle(ref call, lower: true);

    public static void UpperTriangle(ref KernelCall call) => Triangle(ref call, lower: false);

    private static void Triangle(ref KernelCall call, bool lower)
    {
        Matrix x = call.Matrix(0);
        bool diagonal = call.Inputs[1].AsBoolean(), values = call.Inputs[2].AsBoolean();
        Matrix result = call.Pool.Rent(x.Rows, x.Columns, x.Type);
        for (int i = 0; i < x.Rows; i++)
        {
            for (int j = 0; j < x.Columns; j++)
            {
                bool keep = i == j ? diagonal : lower ? j < i : j > i;
                double v = x[i, j];
                result[i, j] = !keep ? 0 : values ? v : v != 0 ? 1 : 0;
            }
        }

        call.Return(0, result);
    }

    /// <summary>Copies rows of so many bytes between memory of different row distances.</summary>
    public static void CopyBlock(byte* from, long fromStep, byte* to, long toStep, int rows, long bytes)
    {
        if (fromStep == bytes && toStep == bytes)
        {
            Buffer.MemoryCopy(from, to, bytes * rows, bytes * rows);
            return;
        }

        for (int i = 0; i < rows; i++, from += fromStep, to += toStep)
        {
            Buffer.MemoryCopy(from, to, bytes, bytes);
        }
    }

    // The input in the kind, with one holder's count of the caller.
    private static Matrix Typed(ref KernelCall call, int input, MatrixType type)
    {
        Matrix m = call.Matrix(input);
        if (m.Type == type)
        {
            return m.Retain();
        }

        Matrix converted = call.Pool.Rent(m.Rows, m.Columns, type);
        Element.Convert(m, converted);
        return converted;
    }

    private static int Size(ref KernelCall call, int input)
    {
        long size = call.Inputs[input].AsInteger();
        return size is >= 0 and <= int.MaxValue ? (int)size : throw KernelErrors.Value.With("matrix", "a number of rows and columns that is not negative", size);
    }

    private static (int FirstRow, int EndRow, int FirstColumn, int EndColumn) Range(ref KernelCall call, int input, Matrix x)
    {
        long r0 = call.Inputs[input].AsInteger(), r1 = call.Inputs[input + 1].AsInteger(), c0 = call.Inputs[input + 2].AsInteger(), c1 = call.Inputs[input + 3].AsInteger();
        if (r0 == 0 && r1 == 0)
        {
            (r0, r1) = (1, x.Rows);
        }

        if (c0 == 0 && c1 == 0)
        {
            (c0, c1) = (1, x.Columns);
        }

        if (r0 < 1 || r1 < r0 || r1 > x.Rows || c0 < 1 || c1 < c0 || c1 > x.Columns)
        {
            throw KernelErrors.OutOfRange.With(r0, r1, c0, c1, x.Rows, x.Columns);
        }

        return ((int)r0 - 1, (int)r1, (int)c0 - 1, (int)c1);
    }
}
