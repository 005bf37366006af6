using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>transformencode and its companions: frames to matrices by recoding, binning and dummy coding. The metadata frame holds <c>value·code</c> or <c>low·high</c>.</summary>
internal static class Transforms
{
    private const char Separator = '\u00b7';

    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["transformencode"] = static (ref BuiltinContext c) =>
        {
            FrameValue frame = Frames.From(c.Inputs[0]);
            TransformSpec spec = TransformSpec.Read(c.Text(1), frame.Names);
            FrameValue meta = Metadata(frame, spec);
            c.Outputs[0] = Value.Of(Encode(frame, spec, meta, c.Pool));
            c.Outputs[1] = Value.OfFrame(meta);
        };
        table["transformapply"] = static (ref BuiltinContext c) =>
        {
            FrameValue frame = Frames.From(c.Inputs[0]);
            c.Return(Value.Of(Encode(frame, TransformSpec.Read(c.Text(1), frame.Names), Frames.From(c.Inputs[2]), c.Pool)));
        };
        table["transformdecode"] = Decode;
        table["transformcolmap"] = ColumnMap;
    }

    private static FrameValue Metadata(FrameValue frame, TransformSpec spec)
    {
        var columns = new List<string>[frame.Columns.Count];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = spec.Recoded.Contains(column) ? Codes(frame.Columns[column])
                : spec.Bins.TryGetValue(column, out TransformBins bins) ? Bounds(frame.Columns[column], bins)
                : spec.Hashed.Contains(column) ? [spec.HashCount.ToString(CultureInfo.InvariantCulture)]
                : [];
        }

        int rows = Math.Max(1, columns.Max(c => c.Count));
        return new FrameValue(
            [.. columns.Select(c => Enumerable.Range(0, rows).Select(r => r < c.Count ? c[r] : null).ToArray())],
            Frames.Names(columns.Length),
            [.. columns.Select(_ => "STRING")])
        {
            Replacements = spec.Imputed.Select(i => (i.Key, Value: Replacement(frame.Columns[i.Key], i.Value))).Where(r => r.Value is not null).ToDictionary(r => r.Key, r => r.Value!),
        };
    }

    // Null when the column has no value at all.
    private static string? Replacement(string?[] column, TransformImpute impute)
    {
        string[] values = [.. column.OfType<string>()];
        return impute.Method switch
        {
            ImputeMethod.Constant => impute.Value,
            ImputeMethod.Mode => values.GroupBy(v => v, StringComparer.Ordinal).MaxBy(g => g.Count())?.Key,
            _ => values.Length == 0 ? null : JavaNumber.Of(values.Average(Number)),
        };
    }

    // Codes follow the first appearance; entries stand in the order of Java's hash table.
    private static List<string> Codes(string?[] column)
    {
        string[] values = [.. column.OfType<string>().Distinct(StringComparer.Ordinal)];
        int capacity = 16;
        while (values.Length > capacity * 3 / 4)
        {
            capacity *= 2;
        }

        return [.. values.Select((value, i) => (Bucket: Bucket(value, capacity), Code: i + 1, Value: value)).OrderBy(v => v.Bucket).ThenBy(v => v.Code).Select(v => $"{v.Value}{Separator}{v.Code}")];
    }

    private static int Bucket(string text, int capacity)
    {
        int hash = JavaHash(text);
        return (hash ^ (int)((uint)hash >> 16)) & (capacity - 1);
    }

    // String.hashCode
    private static int JavaHash(string text)
    {
        int hash = 0;
        foreach (char c in text)
        {
            hash = unchecked((31 * hash) + c);
        }

        return hash;
    }

    private static List<string> Bounds(string?[] column, TransformBins bins)
    {
        double[] sorted = [.. column.OfType<string>().Select(Number).Where(x => !double.IsNaN(x)).Order()];
        var bounds = new List<string>();
        double low = sorted[0];
        double width = (sorted[^1] - sorted[0]) / bins.Count;
        for (int i = 1; i <= bins.Count; i++)
        {
            double high = i == bins.Count ? sorted[^1] : bins.IsEqualHeight ? sorted[(int)Math.Ceiling(sorted.Length * (double)i / bins.Count) - 1] : sorted[0] + i * width;
            bounds.Add($"{JavaNumber.Of(low)}{Separator}{JavaNumber.Of(high)}");
            low = high;
        }

        return bounds;
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw RuntimeErrors.NotANumber.With(text);

    private static Matrix Encode(FrameValue frame, TransformSpec spec, FrameValue meta, BufferPool pool)
    {
        int[] rows = [.. Enumerable.Range(0, frame.Rows).Where(row => spec.Omitted.All(column => frame.Columns[column][row] is not null))];
        int[] widths = [.. Enumerable.Range(0, frame.Columns.Count).Select(column => Width(meta, spec, column))];
        Matrix result = pool.Rent(rows.Length, widths.Sum(), MatrixType.Double, clear: true);
        int first = 0;
        for (int column = 0; column < frame.Columns.Count; first += widths[column++])
        {
            Func<string?, double> code = Encoder(meta, spec, column);
            string? replacement = meta.Replacements.GetValueOrDefault(column);
            for (int i = 0; i < rows.Length; i++)
            {
                double value = code(frame.Columns[column][rows[i]] ?? replacement);
                if (!spec.Dummies.Contains(column))
                {
                    result[i, first] = value;
                }
                else if (value >= 1)
                {
                    result[i, first + (int)value - 1] = 1;
                }
            }
        }

        return result;
    }

    private static int Width(FrameValue meta, TransformSpec spec, int column) =>
        !spec.Dummies.Contains(column) ? 1 : spec.Hashed.Contains(column) ? HashCount(meta, column) : meta.Columns[column].Count(e => e is not null);

    private static int HashCount(FrameValue meta, int column) => (int)Math.Clamp(Number(meta.Columns[column][0] ?? "nothing"), 1, int.MaxValue);

    // The number of a cell: its code, its bin, or itself.
    private static Func<string?, double> Encoder(FrameValue meta, TransformSpec spec, int column)
    {
        string[] entries = [.. meta.Columns[column].OfType<string>()];
        if (spec.Recoded.Contains(column))
        {
            Dictionary<string, double> codes = entries.ToDictionary(e => e[..e.LastIndexOf(Separator)], e => Number(e[(e.LastIndexOf(Separator) + 1)..]), StringComparer.Ordinal);
            return cell => cell is not null && codes.TryGetValue(cell, out double code) ? code : double.NaN;
        }

        if (spec.Bins.ContainsKey(column))
        {
            double[] highs = [.. entries.Select(e => Number(e[(e.LastIndexOf(Separator) + 1)..]))];
            return cell => cell is null ? double.NaN : Math.Min(highs.Count(high => high < Number(cell)) + 1, highs.Length);
        }

        if (spec.Hashed.Contains(column))
        {
            int count = HashCount(meta, column);
            return cell => cell is null ? double.NaN : Math.Abs(JavaHash(cell) % count) + 1;
        }

        return cell => cell is null ? double.NaN : Number(cell);
    }

    // Recoded columns become their values again, bins the middle of their bounds.
    private static void Decode(ref BuiltinContext c)
    {
        Matrix matrix = c.Matrix(0);
        FrameValue meta = Frames.From(c.Inputs[2]);
        TransformSpec spec = TransformSpec.Read(c.Text(1), meta.Names);
        var columns = new string?[meta.Columns.Count][];
        var types = new string[columns.Length];
        int first = 0;
        for (int column = 0; column < columns.Length; first += Width(meta, spec, column++))
        {
            int width = Width(meta, spec, column);
            string[] entries = [.. meta.Columns[column].OfType<string>()];
            bool isRecoded = spec.Recoded.Contains(column);
            Dictionary<int, string> values = isRecoded ? entries.ToDictionary(e => (int)Number(e[(e.LastIndexOf(Separator) + 1)..]), e => e[..e.LastIndexOf(Separator)]) : [];
            types[column] = isRecoded ? "STRING" : "FP64";
            columns[column] = new string?[matrix.Rows];
            for (int row = 0; row < matrix.Rows; row++)
            {
                double code = matrix[row, first];
                for (int k = 0; spec.Dummies.Contains(column) && k < width; k++)
                {
                    code = matrix[row, first + k] != 0 ? k + 1 : code;
                }

                columns[column][row] = isRecoded ? values.GetValueOrDefault((int)code)
                    : spec.Bins.ContainsKey(column) && code >= 1 && code <= entries.Length ? Middle(entries[(int)code - 1])
                    : JavaNumber.Of(code);
            }
        }

        c.Return(Value.OfFrame(new FrameValue(columns, meta.Names, types)));
    }

    private static string Middle(string bounds) => JavaNumber.Of((Number(bounds[..bounds.IndexOf(Separator, StringComparison.Ordinal)]) + Number(bounds[(bounds.IndexOf(Separator, StringComparison.Ordinal) + 1)..])) / 2);

    // One row per column of the frame: its number, and the first and last column of the matrix.
    private static void ColumnMap(ref BuiltinContext c)
    {
        FrameValue meta = Frames.From(c.Inputs[0]);
        TransformSpec spec = TransformSpec.Read(c.Text(1), meta.Names);
        int rows = meta.Columns.Count;
        Matrix result = c.Pool.Rent(rows, 3, MatrixType.Double);
        int first = 1;
        for (int column = 0; column < rows; column++)
        {
            int width = Width(meta, spec, column);
            result[column, 0] = column + 1;
            result[column, 1] = first;
            result[column, 2] = first + width - 1;
            first += width;
        }

        c.Return(Value.Of(result));
    }
}
