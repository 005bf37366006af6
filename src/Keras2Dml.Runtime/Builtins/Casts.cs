using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Casts between data types.</summary>
internal static class Casts
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["as.scalar"] = AsScalar;
        table["as.matrix"] = AsMatrix;
        table["as.integer"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].Tag == ValueTag.String ? Dml.Semantics.Scalar.Truncate(Number(c.Inputs[0])) : Number(ref c).AsInteger()));
        table["as.double"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].Tag == ValueTag.String ? Number(c.Inputs[0]) : Number(ref c).AsDouble()));
        table["as.logical"] = static (ref BuiltinContext c) => c.Return(Value.Of(c.Inputs[0].Tag == ValueTag.String ? c.Inputs[0].AsString().Equals("true", StringComparison.OrdinalIgnoreCase) : Number(ref c).AsBoolean()));
        table["as.list"] = static (ref BuiltinContext c) => c.Return(c.Inputs[0].Tag == ValueTag.List ? Unwrap(c.Inputs[0].AsList()) : Value.Of(new ListValue([c.Inputs[0].Retain()], [null])));
        table["matrix.parse"] = ParseMatrix;
    }

    private static Value Unwrap(ListValue list) => list.Items is [{ Tag: ValueTag.List } inner] ? inner.Retain() : Value.Of(list.Retain());

    private static double Number(Value text) => double.TryParse(text.AsString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw RuntimeErrors.NotANumber.With(text.AsString());

    private static Value Number(ref BuiltinContext c)
    {
        Value value = c.Inputs[0];
        if (value.IsNumber)
        {
            return value;
        }

        return value.Tag == ValueTag.Matrix && value.AsMatrix().Length == 1 ? Value.Of(value.AsMatrix().Get(0)) : throw RuntimeErrors.CastSize.With(Describe(value));
    }

    private static void AsScalar(ref BuiltinContext c)
    {
        Value value = c.Inputs[0];
        switch (value.Tag)
        {
            case ValueTag.Matrix when value.AsMatrix().Length == 1:
                c.Return(Value.Of(value.AsMatrix().Get(0)));
                break;
            case ValueTag.List when value.AsList().Items.Count == 1:
                Value item = value.AsList().Items[0];
                c.Return(item.Tag == ValueTag.Matrix && item.AsMatrix().Length == 1 ? Value.Of(item.AsMatrix().Get(0)) : item.IsScalar ? item : throw RuntimeErrors.CastSize.With(Describe(item)));
                break;
            case ValueTag.Frame when value.AsReference() is FrameValue { Rows: 1, Columns.Count: 1 } frame:
                string? text = frame.Columns[0][0];
                c.Return(frame.Types[0] switch
                {
                    "STRING" => Value.Of(text ?? "null"),
                    "BOOLEAN" => Value.Of(text is "TRUE" or "true"),
                    "INT32" or "INT64" => Value.Of(long.Parse(text ?? "0", CultureInfo.InvariantCulture)),
                    _ => Value.Of(double.Parse(text ?? "0", CultureInfo.InvariantCulture)),
                });
                break;
            default:
                throw RuntimeErrors.CastSize.With(Describe(value));
        }
    }

    private static void AsMatrix(ref BuiltinContext c)
    {
        Value value = c.Inputs[0];
        switch (value.Tag)
        {
            case ValueTag.Matrix:
                c.Return(value.Retain());
                break;
            case ValueTag.List when value.AsList().Items.Count == 1 && value.AsList().Items[0].Tag == ValueTag.Matrix:
                c.Return(value.AsList().Items[0].Retain());
                break;
            case ValueTag.List:
                ListValue list = value.AsList();
                Matrix column = c.Pool.Rent(list.Items.Count, 1, MatrixType.Double);
                for (int i = 0; i < list.Items.Count; i++)
                {
                    column.Set(i, list.Items[i].IsNumber ? list.Items[i].AsDouble() : throw RuntimeErrors.CastSize.With(Describe(list.Items[i])));
                }

                c.Return(Value.Of(column));
                break;
            case ValueTag.Frame:
                c.Return(Value.Of(FromFrame((FrameValue)value.AsReference(), c.Pool)));
                break;
            default:
                Matrix cell = c.Pool.Rent(1, 1, MatrixType.Double);
                cell.Set(0, value.AsDouble());
                c.Return(Value.Of(cell));
                break;
        }
    }

    private static Matrix FromFrame(FrameValue frame, BufferPool pool)
    {
        Matrix result = pool.Rent(frame.Rows, frame.Columns.Count, MatrixType.Double);
        for (int column = 0; column < frame.Columns.Count; column++)
        {
            for (int row = 0; row < frame.Rows; row++)
            {
                string? text = frame.Columns[column][row];
                result[row, column] = text is null ? 0 : text is "true" or "TRUE" ? 1 : text is "false" or "FALSE" ? 0
                    : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw RuntimeErrors.NotANumber.With(text);
            }
        }

        return result;
    }

    private static void ParseMatrix(ref BuiltinContext c)
    {
        int rows = c.Integer(1);
        int columns = c.Integer(2);
        string[] parts = c.Text(0).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != (long)rows * columns)
        {
            throw RuntimeErrors.MatrixText.With(rows, columns, (long)rows * columns, parts.Length);
        }

        Matrix result = c.Pool.Rent(rows, columns, MatrixType.Double);
        for (int i = 0; i < parts.Length; i++)
        {
            result.Set(i, double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw RuntimeErrors.NotANumber.With(parts[i]));
        }

        c.Return(Value.Of(result));
    }

    /// <summary>A value in words.</summary>
    public static string Describe(Value value) => value.Tag switch
    {
        ValueTag.Matrix => $"a matrix of {value.AsMatrix().Rows}x{value.AsMatrix().Columns}",
        ValueTag.List => $"a list of {value.AsList().Items.Count} elements",
        ValueTag.Frame => "a frame",
        ValueTag.String => $"the string '{value.AsString()}'",
        _ => "a scalar",
    };
}
