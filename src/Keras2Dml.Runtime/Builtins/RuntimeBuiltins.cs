using System.Collections.Frozen;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>The built-ins that the runtime executes itself, by the names that the plan builder gives them.</summary>
internal static class RuntimeBuiltins
{
    private static readonly FrozenDictionary<string, RuntimeBuiltin> Table = Create().ToFrozenDictionary(StringComparer.Ordinal);

    public static RuntimeBuiltin? Find(string name) => name.StartsWith("host:", StringComparison.Ordinal) ? HostBuiltin.Run : Table.GetValueOrDefault(name);

    /// <summary>A result as its declared type: scalars are cast, everything else stays.</summary>
    public static Value CastTo(DeclaredType type, Value value) => type.Data == DataKind.Scalar && value.IsNumber
        ? type.Value switch
        {
            Dml.Syntax.ValueKind.Integer => Value.Of(value.AsInteger()),
            Dml.Syntax.ValueKind.Double => Value.Of(value.AsDouble()),
            Dml.Syntax.ValueKind.Boolean => Value.Of(value.AsBoolean()),
            _ => value,
        }
        : value;

    private static Dictionary<string, RuntimeBuiltin> Create()
    {
        var table = new Dictionary<string, RuntimeBuiltin>(StringComparer.Ordinal)
        {
            ["nrow"] = static (ref BuiltinContext c) => c.Return(Value.Of((long)Sizes.Of(c.Inputs[0]).Rows)),
            ["ncol"] = static (ref BuiltinContext c) => c.Return(Value.Of((long)Sizes.Of(c.Inputs[0]).Columns)),
            ["length"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].Tag == ValueTag.List ? c.Inputs[0].AsList().Items.Count : (long)Sizes.Of(c.Inputs[0]).Rows * Sizes.Of(c.Inputs[0]).Columns)),
            ["seq.step"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].AsDouble() > c.Inputs[1].AsDouble() ? -1L : 1L)),
            ["nnz"] = NonZeros,
            ["time"] = static (ref BuiltinContext c) => c.Return(Value.Of(System.Diagnostics.Stopwatch.GetTimestamp() * (1_000_000_000L / System.Diagnostics.Stopwatch.Frequency))),
            ["exists"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].Tag != ValueTag.None)),
            ["reshape"] = Reshape,
            ["index"] = Index,
            ["index.check"] = static (ref BuiltinContext c) => c.Return(c.Inputs[0].AsInteger() >= 1 ? c.Inputs[0] : throw RuntimeErrors.IndexRange.With("matrix", "the size", c.Inputs[0].AsInteger())),
        };
        Casts.AddTo(table);
        Lists.AddTo(table);
        Printing.AddTo(table);
        InputOutput.AddTo(table);
        Statistics.AddTo(table);
        Frames.AddTo(table);
        Distributions.AddTo(table);
        Grouping.AddTo(table);
        Transforms.AddTo(table);
        return table;
    }

    private static void NonZeros(ref BuiltinContext c)
    {
        Matrix m = c.Matrix(0);
        long count = 0;
        for (long i = 0; i < m.Length; i++)
        {
            count += m.Get(i) != 0 ? 1 : 0;
        }

        c.Return(Value.Of(count));
    }

    // Row-major reshapes share memory; column-major ones are permuted by the backend.
    private static void Reshape(ref BuiltinContext c)
    {
        Matrix m = c.Matrix(0);
        long rows = c.Inputs[1].AsInteger();
        long columns = c.Inputs[2].AsInteger();
        if (rows < 0 || columns < 0 || rows * columns != m.Length)
        {
            throw DmlErrors.SizesReshape.With($"{m.Rows}x{m.Columns}", $"{rows}x{columns}");
        }

        if (c.Inputs[3].AsBoolean() || m.Rows == 1 || m.Columns == 1)
        {
            c.Return(Value.Of(m.Rows == rows && m.Columns == columns ? m.Retain() : c.Pool.Reshape(m, (int)rows, (int)columns)));
            return;
        }

        Matrix result = c.Pool.Rent((int)rows, (int)columns, m.Type);
        long source = 0;
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++, source++)
            {
                result[row, column] = m[(int)(source % m.Rows), (int)(source / m.Rows)];
            }
        }

        c.Return(Value.Of(result));
    }

    // Whole rows are views; anything else is copied.
    private static void Index(ref BuiltinContext c)
    {
        if (c.Inputs[0].Tag == ValueTag.List)
        {
            Lists.Index(ref c);
            return;
        }

        if (c.Inputs[0].Tag != ValueTag.Matrix)
        {
            throw DmlErrors.IndexTarget.With("a scalar or frame");
        }

        Matrix m = c.Matrix(0);
        (int firstRow, int lastRow) = Sizes.Bounds(c.Inputs[1].AsInteger(), c.Inputs[2].AsInteger(), m.Rows, "row");
        (int firstColumn, int lastColumn) = Sizes.Bounds(c.Inputs[3].AsInteger(), c.Inputs[4].AsInteger(), m.Columns, "column");
        int rows = lastRow - firstRow + 1;
        int columns = lastColumn - firstColumn + 1;
        if (columns == m.Columns)
        {
            c.Return(Value.Of(rows == m.Rows ? m.Retain() : c.Pool.View(m, firstRow - 1, rows)));
            return;
        }

        Matrix result = c.Pool.Rent(rows, columns, m.Type);
        for (int row = 0; row < rows; row++)
        {
            if (m.Type == MatrixType.Double)
            {
                m.Doubles.Slice((firstRow - 1 + row) * m.Columns + firstColumn - 1, columns).CopyTo(result.Doubles[(row * columns)..]);
            }
            else
            {
                m.Singles.Slice((firstRow - 1 + row) * m.Columns + firstColumn - 1, columns).CopyTo(result.Singles[(row * columns)..]);
            }
        }

        c.Return(Value.Of(result));
    }
}

/// <summary>Sizes of values and checked index bounds.</summary>
internal static class Sizes
{
    public static (int Rows, int Columns) Of(Value value) => value.Tag switch
    {
        ValueTag.Matrix => (value.AsMatrix().Rows, value.AsMatrix().Columns),
        ValueTag.Frame => (((FrameValue)value.AsReference()).Rows, ((FrameValue)value.AsReference()).Columns.Count),
        ValueTag.List => (value.AsList().Items.Count, 1),
        _ => throw RuntimeErrors.SizeOfScalar.With(value.Tag.ToString().ToLowerInvariant()),
    };

    /// <summary>1-based inclusive bounds; 0 stands for an open side.</summary>
    public static (int First, int Last) Bounds(long lower, long upper, int extent, string side)
    {
        long first = lower == 0 ? 1 : lower;
        long last = upper == 0 ? extent : upper;
        if (first < 1 || last > extent || first > last)
        {
            throw RuntimeErrors.IndexRange.With(side, extent, first == last ? $"{first}" : $"{first}:{last}");
        }

        return ((int)first, (int)last);
    }
}
