using System.Globalization;
using System.Text;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Text;

/// <summary>Arguments of <c>toString</c>.</summary>
internal sealed record TextOptions(int Rows, int Columns, int Decimals, bool Sparse, string Separator, string LineSeparator)
{
    public static readonly TextOptions Default = new(100, 100, 3, false, " ", "\n");
}

/// <summary>Values as DML prints them.</summary>
internal static class ValueText
{
    // Java's formatter shows no more of a double (DecimalFormat, DOUBLE_FRACTION_DIGITS).
    private const int MostDecimals = 340;

    /// <summary>A scalar as in concatenation and print.</summary>
    public static string Of(Scalar scalar) => scalar.Kind switch
    {
        Dml.Syntax.ValueKind.String => scalar.AsString(),
        Dml.Syntax.ValueKind.Boolean => scalar.AsBoolean() ? "TRUE" : "FALSE",
        Dml.Syntax.ValueKind.Integer => scalar.AsInteger().ToString(CultureInfo.InvariantCulture),
        _ => JavaNumber.Of(scalar.AsDouble()),
    };

    /// <summary>Any value.</summary>
    public static string Of(Value value, TextOptions options) => value.Tag switch
    {
        ValueTag.Matrix => Of(value.AsMatrix(), options),
        ValueTag.Frame => Of((FrameValue)value.AsReference(), options),
        ValueTag.List => Of(value.AsList(), options),
        _ => Of(value.ToScalar()),
    };

    /// <summary>A cell with at least <paramref name="decimals"/> digits after the point, half to even.</summary>
    public static string Cell(double value, int decimals)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        // The formatter is only told the fewest decimals; the most is 3 unless that is less.
        int fewest = Math.Clamp(decimals, 0, MostDecimals);
        string text = Rounding.HalfEven(value, fewest, Math.Max(3, fewest));
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 ? text[1..] : text;
    }

    private static string Of(Matrix matrix, TextOptions options)
    {
        var text = new StringBuilder();
        int rows = options.Rows < 0 ? matrix.Rows : Math.Min(options.Rows, matrix.Rows);
        int columns = options.Columns < 0 ? matrix.Columns : Math.Min(options.Columns, matrix.Columns);
        for (int row = 0; row < rows; row++)
        {
            if (options.Sparse)
            {
                for (int column = 0; column < columns; column++)
                {
                    double value = matrix[row, column];
                    if (value != 0)
                    {
                        text.Append(CultureInfo.InvariantCulture, $"{row + 1}{options.Separator}{column + 1}{options.Separator}{Cell(value, options.Decimals)}{options.LineSeparator}");
                    }
                }

                continue;
            }

            // The first cell is always shown, as 0 where there is none.
            text.Append(Cell(columns > 0 ? matrix[row, 0] : 0, options.Decimals));
            for (int column = 1; column < columns; column++)
            {
                text.Append(options.Separator).Append(Cell(matrix[row, column], options.Decimals));
            }

            text.Append(options.LineSeparator);
        }

        return text.ToString();
    }

    private static string Of(FrameValue frame, TextOptions options)
    {
        int rows = options.Rows < 0 ? frame.Rows : Math.Min(frame.Rows, options.Rows);
        int columns = options.Columns < 0 ? frame.Columns.Count : Math.Min(frame.Columns.Count, options.Columns);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# FRAME: nrow = {frame.Rows}, ncol = {frame.Columns.Count}").Append(options.LineSeparator);
        text.Append('#').Append(options.Separator).AppendJoin(options.Separator, frame.Names.Take(columns)).Append(options.LineSeparator);
        text.Append('#').Append(options.Separator).AppendJoin(options.Separator, frame.Types.Take(columns)).Append(options.LineSeparator);
        for (int row = 0; row < rows; row++)
        {
            text.AppendJoin(options.Separator, Enumerable.Range(0, columns).Select(column => FrameCell(frame, row, column, options.Decimals))).Append(options.LineSeparator);
        }

        return text.ToString();
    }

    private static string FrameCell(FrameValue frame, int row, int column, int decimals) => frame.Columns[column][row] switch
    {
        null => "null",
        var cell when frame.Types[column] == "FP64" => Cell(double.Parse(cell, CultureInfo.InvariantCulture), decimals),
        var cell => cell,
    };

    private static string Of(ListValue list, TextOptions options) =>
        "List containing:\n[" + string.Join(", ", list.Items.Select(i => Of(i, options))) + "]";
}
