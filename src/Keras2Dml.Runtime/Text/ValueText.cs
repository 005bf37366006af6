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

    /// <summary>A cell with at most <paramref name="decimals"/> digits after the point, half to even, fixed number of digits.</summary>
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

        string text = Rounding.HalfEven(value, decimals);
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

            for (int column = 0; column < columns; column++)
            {
                if (column > 0)
                {
                    text.Append(options.Separator);
                }

                text.Append(Cell(matrix[row, column], options.Decimals));
            }

            text.Append(options.LineSeparator);
        }

        return text.ToString();
    }

    private static string Of(FrameValue frame, TextOptions options)
    {
        var text = new StringBuilder();
        text.Append("# FRAME: nrow = ").Append(frame.Rows.ToString(CultureInfo.InvariantCulture)).Append(", ncol = ").Append(frame.Columns.Count.ToString(CultureInfo.InvariantCulture)).Append(options.LineSeparator);
        text.Append("# ").AppendJoin(options.Separator, frame.Names).Append(options.LineSeparator);
        text.Append("# ").AppendJoin(options.Separator, frame.Types).Append(options.LineSeparator);
        for (int row = 0; row < Math.Min(frame.Rows, options.Rows < 0 ? frame.Rows : options.Rows); row++)
        {
            text.AppendJoin(options.Separator, frame.Columns.Select((c, i) => c[row] is { } cell ? frame.Types[i] == "FP64" ? Cell(double.Parse(cell, CultureInfo.InvariantCulture), options.Decimals) : cell : "null")).Append(options.LineSeparator);
        }

        return text.ToString();
    }

    private static string Of(ListValue list, TextOptions options)
    {
        var text = new StringBuilder("List [").Append(options.LineSeparator);
        for (int i = 0; i < list.Items.Count; i++)
        {
            text.Append(list.Names[i] is { } name ? $"{name} = " : string.Empty).Append(Of(list.Items[i], options)).Append(options.LineSeparator);
        }

        return text.Append(']').ToString();
    }
}
