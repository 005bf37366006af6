using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Reorganization;

/// <summary>Operators whose result depends on which cells are set: removeEmpty, replace, contains, table, gather and scatter of rows.</summary>
internal static unsafe class SelectionKernel
{
    // Inputs: X, margin ("rows" or "cols"), empty.return, [select: a vector].
    public static void RemoveEmpty(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        bool byRows = call.Text(1) switch
        {
            "rows" => true,
            "cols" => false,
            var other => throw KernelErrors.Value.With("removeEmpty", "margin \"rows\" or \"cols\"", other),
        };
        Matrix? select = call.Inputs.Length > 3 && call.Inputs[3].Tag == ValueTag.Matrix ? call.Matrix(3) : null;
        bool returnEmpty = call.Inputs[2].AsBoolean();
        int lines = byRows ? x.Rows : x.Columns;
        if (select is not null && select.Length != lines)
        {
            throw KernelErrors.Shape.With("removeEmpty", $"a selection of {lines} cells", select.Rows, select.Columns);
        }

        Matrix kept = Scratch.Rent(call.Pool, Math.Max(1, lines) * (long)sizeof(int));
        int* keep = (int*)kept.Data;
        int n = 0;
        for (int i = 0; i < lines; i++)
        {
            if (select is not null ? select.Get(i) != 0 : !IsEmpty(x, i, byRows))
            {
                keep[n++] = i;
            }
        }

        bool empty = n == 0;
        int count = empty && returnEmpty ? 1 : n;
        Matrix result = byRows ? call.Pool.Rent(count, x.Columns, x.Type, empty) : call.Pool.Rent(x.Rows, count, x.Type, empty);
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < (byRows ? x.Columns : x.Rows); j++)
            {
                if (byRows)
                {
                    result[k, j] = x[keep[k], j];
                }
                else
                {
                    result[j, k] = x[j, keep[k]];
                }
            }
        }

        kept.Release();
        call.Return(0, result);
    }

    // Inputs: X, pattern, replacement. NaN matches NaN.
    public static void Replace(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        double pattern = call.Number(1), replacement = call.Number(2);
        if (x.Type == MatrixType.Single)
        {
            pattern = (float)pattern;
        }

        Matrix result = call.RentOrReuse(0, x.Rows, x.Columns, x.Type);
        for (long i = 0; i < x.Length; i++)
        {
            double v = x.Get(i);
            result.Set(i, v == pattern || (double.IsNaN(v) && double.IsNaN(pattern)) ? replacement : v);
        }

        call.Return(0, result);
    }

    // Inputs: A, B (matrix or scalar), [weights (matrix or scalar)], [rows, columns].
    public static void Table(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        int inputs = call.Inputs.Length, weights = inputs is 3 or 5 ? 2 : -1;
        long rows = inputs > 3 ? call.Inputs[inputs - 2].AsInteger() : -1, columns = inputs > 3 ? call.Inputs[inputs - 1].AsInteger() : -1;
        for (int i = 1; i <= Math.Max(1, weights); i++)
        {
            if (call.Inputs[i].Tag == ValueTag.Matrix && call.Matrix(i).Length != a.Length)
            {
                throw KernelErrors.OperandShapes.With(a.Rows, a.Columns, call.Matrix(i).Rows, call.Matrix(i).Columns);
            }
        }

        long largestRow = 0, largestColumn = 0;
        for (long i = 0; i < a.Length; i++)
        {
            double r = a.Get(i), c = Cell(ref call, 1, i);
            if (double.IsNaN(r) || double.IsNaN(c))
            {
                continue;
            }

            if ((long)r < 1 || (long)c < 1)
            {
                throw KernelErrors.Value.With("table", "positions from 1", FormattableString.Invariant($"({r}, {c})"));
            }

            largestRow = Math.Max(largestRow, (long)r);
            largestColumn = Math.Max(largestColumn, (long)c);
        }

        Matrix result = call.Pool.Rent(checked((int)(rows < 0 ? largestRow : rows)), checked((int)(columns < 0 ? largestColumn : columns)), MatrixType.Double, clear: true);
        for (long i = 0; i < a.Length; i++)
        {
            double r = a.Get(i), c = Cell(ref call, 1, i);
            if (!double.IsNaN(r) && !double.IsNaN(c) && (long)r <= result.Rows && (long)c <= result.Columns)
            {
                result[(int)(long)r - 1, (int)(long)c - 1] += weights < 0 ? 1 : Cell(ref call, weights, i);
            }
        }

        call.Return(0, result);
    }

    // Inputs: X (column), most, direction ("cols": a row per cell, "rows": a column per cell), cast, ignore. One-hot vectors of positions.
    public static void Expand(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        int most = call.Integer(1);
        bool across = call.Text(2) == "cols", cast = call.Inputs[3].AsBoolean(), ignore = call.Inputs[4].AsBoolean();
        int n = (int)x.Length;
        Matrix result = across ? call.Pool.Rent(n, most, MatrixType.Double, clear: true) : call.Pool.Rent(most, n, MatrixType.Double, clear: true);
        for (int i = 0; i < n; i++)
        {
            double v = x.Get(i), position = cast ? Math.Floor(v) : v;
            if (position != Math.Floor(position) || position < 1 || position > most)
            {
                if (position < 1 && !ignore)
                {
                    throw KernelErrors.Value.With("rexpand", $"positions from 1 to {most}", v);
                }

                continue;
            }

            if (across)
            {
                result[i, (int)position - 1] = 1;
            }
            else
            {
                result[(int)position - 1, i] = 1;
            }
        }

        call.Return(0, result);
    }

    // Inputs: X, direction: "r" keeps different rows, "c" different columns, "rc" different cells (as a column); first occurrences in order.
    public static void Unique(ref KernelCall call)
    {
        Matrix x = call.Matrix(0);
        string direction = call.Text(1);
        int lines = direction == "c" ? x.Columns : direction == "r" ? x.Rows : checked((int)x.Length);
        int length = direction == "c" ? x.Rows : direction == "r" ? x.Columns : 1;
        long step = direction == "c" ? x.Columns : 1, start = direction == "r" ? x.Columns : 1;
        Matrix kept = Scratch.Rent(call.Pool, Math.Max(1, lines) * (long)sizeof(int));
        int* keep = (int*)kept.Data;
        int n = 0;
        for (int i = 0; i < lines; i++)
        {
            bool known = false;
            for (int k = 0; k < n && !known; k++)
            {
                known = true;
                for (int j = 0; j < length && known; j++)
                {
                    known = x.Get(i * start + j * step).Equals(x.Get(keep[k] * start + j * step));
                }
            }

            if (!known)
            {
                keep[n++] = i;
            }
        }

        Matrix result = direction == "c" ? call.Pool.Rent(length, n, x.Type) : call.Pool.Rent(n, length, x.Type);
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < length; j++)
            {
                double v = x.Get(keep[k] * start + j * step);
                if (direction == "c")
                {
                    result[j, k] = v;
                }
                else
                {
                    result[k, j] = v;
                }
            }
        }

        kept.Release();
        call.Return(0, result);
    }

    // Inputs: X, rows (n x 1, from 1). Row i of the result is row rows[i] of X; 0 gives a row of zeros.
    public static void GatherRows(ref KernelCall call)
    {
        Matrix x = call.Matrix(0), rows = call.Matrix(1);
        Matrix result = call.Pool.Rent((int)rows.Length, x.Columns, x.Type);
        long bytes = (long)x.Columns * Element.Size(x.Type);
        for (int i = 0; i < result.Rows; i++)
        {
            double r = rows.Get(i);
            byte* to = (byte*)result.Data + i * bytes;
            if (r >= 1 && r <= x.Rows)
            {
                Buffer.MemoryCopy((byte*)x.Data + ((long)r - 1) * bytes, to, bytes, bytes);
            }
            else if (r == 0)
            {
                new Span<byte>(to, (int)bytes).Clear();
            }
            else
            {
                throw KernelErrors.Value.With("A row gather", $"rows from 1 to {x.Rows}", r);
            }
        }

        call.Return(0, result);
    }

    // Inputs: X (n x c), rows (n x 1, from 1), number of rows. Row i of X is added to row rows[i] of the result, in order.
    public static void ScatterAddRows(ref KernelCall call)
    {
        Matrix x = call.Matrix(0), rows = call.Matrix(1);
        Matrix result = call.Pool.Rent(call.Integer(2), x.Columns, x.Type, clear: true);
        for (int i = 0; i < x.Rows; i++)
        {
            double r = rows.Get(i);
            if (r == 0)
            {
                continue;
            }

            if (!(r >= 1 && r <= result.Rows))
            {
                throw KernelErrors.Value.With("A row scatter", $"rows from 1 to {result.Rows}", r);
            }

            long from = (long)i * x.Columns, to = ((long)r - 1) * x.Columns;
            for (int j = 0; j < x.Columns; j++)
            {
                result.Set(to + j, result.Get(to + j) + x.Get(from + j));
            }
        }

        call.Return(0, result);
    }

    private static double Cell(ref KernelCall call, int input, long i)
    {
        Value v = call.Inputs[input];
        return v.Tag == ValueTag.Matrix ? v.AsMatrix().Get(i) : v.AsDouble();
    }

    private static bool IsEmpty(Matrix x, int line, bool row)
    {
        for (int j = 0; j < (row ? x.Columns : x.Rows); j++)
        {
            if ((row ? x[line, j] : x[j, line]) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
