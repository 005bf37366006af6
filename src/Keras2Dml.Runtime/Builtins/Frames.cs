using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>Frames: construction, indexing, binding, comparison, schemas.</summary>
internal static class Frames
{
    private static readonly string[] TypesFromNarrow = ["BOOLEAN", "INT32", "INT64", "FP32", "FP64", "STRING"];

    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["as.frame"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(From(c.Inputs[0])));
        table["frame"] = Create;
        table["frame.index"] = Index;
        table["frame.set"] = Set;
        table["frame.cbind"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(BindColumns(All(ref c))));
        table["frame.rbind"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(BindRows(All(ref c))));
        table["frame.compare"] = Compare;
        table["frame.typeof"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(Row(From(c.Inputs[0]), f => f.Types)));
        table["frame.colnames"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(Row(From(c.Inputs[0]), f => f.Names)));
        table["frame.detectSchema"] = static (ref BuiltinContext c) => c.Return(Value.OfFrame(Row(From(c.Inputs[0]), f => [.. f.Columns.Select(Detect)])));
        table["frame.applySchema"] = ApplySchema;
        table["frame.dropInvalidType"] = DropInvalidType;
        table["frame.dropInvalidLength"] = DropInvalidLength;
    }

    /// <summary>Any value as a frame. Columns of a matrix get the narrowest type that holds their numbers.</summary>
    public static FrameValue From(Value value)
    {
        switch (value.Tag)
        {
            case ValueTag.Frame:
                return (FrameValue)value.AsReference();
            case ValueTag.Matrix:
                Matrix matrix = value.AsMatrix();
                var columns = new string?[matrix.Columns][];
                var types = new string[matrix.Columns];
                for (int column = 0; column < matrix.Columns; column++)
                {
                    double[] cells = [.. Enumerable.Range(0, matrix.Rows).Select(row => matrix[row, column])];
                    types[column] = cells.All(x => x == (int)x) ? "INT32" : cells.All(x => x == (long)x) ? "INT64" : cells.All(x => x == (float)x) ? "FP32" : "FP64";
                    columns[column] = [.. cells.Select(x => Text(x, types[column]))];
                }

                return new FrameValue(columns, Names(columns.Length), types);
            case ValueTag.List:
                Value[] items = [.. value.AsList().Items];
                return new FrameValue([.. items.Select(i => new string?[] { Text(i) })], Names(items.Length), [.. items.Select(TypeOf)]);
            default:
                return new FrameValue([[Text(value)]], Names(1), [TypeOf(value)]);
        }
    }

    private static string Text(Value value) => value.IsScalar ? ValueText.Of(value.ToScalar()) : throw RuntimeErrors.CastSize.With(Casts.Describe(value));

    private static string TypeOf(Value value) => value.Tag switch { ValueTag.Integer => "INT64", ValueTag.Boolean => "BOOLEAN", ValueTag.String => "STRING", _ => "FP64" };

    private static string Text(double value, string type) => type is "INT32" or "INT64"
        ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : type == "FP32" ? Single((float)value) : JavaNumber.Of(value);

    // Java's Float.toString: a digit after the point always.
    private static string Single(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') >= 0 || text.Contains("Infinity", StringComparison.Ordinal) ? text : text + ".0";
    }

    /// <summary>Default names C1, C2, ...</summary>
    public static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"C{i}"))];

    // Inputs: rows, columns, schema (types separated by line ends), cells by rows
    private static void Create(ref BuiltinContext c)
    {
        int rows = c.Integer(0);
        int columns = c.Integer(1);
        string[] schema = c.Text(2).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var cells = new string?[columns][];
        int given = c.Inputs.Length - 3;
        if (given != 1 && given != (long)rows * columns)
        {
            throw RuntimeErrors.MatrixText.With(rows, columns, (long)rows * columns, given);
        }

        for (int column = 0; column < columns; column++)
        {
            cells[column] = new string?[rows];
            for (int row = 0; row < rows; row++)
            {
                cells[column][row] = Text(c.Inputs[3 + (given == 1 ? 0 : row * columns + column)]);
            }
        }

        string type = TypeOf(c.Inputs[3]);
        c.Return(Value.OfFrame(new FrameValue(cells, Names(columns), [.. Enumerable.Range(0, columns).Select(i => i < schema.Length ? schema[i] : type)])));
    }

    private static void Index(ref BuiltinContext c)
    {
        FrameValue frame = From(c.Inputs[0]);
        (int firstRow, int lastRow) = Sizes.Bounds(c.Inputs[1].AsInteger(), c.Inputs[2].AsInteger(), frame.Rows, "row");
        (int first, int last) = Sizes.Bounds(c.Inputs[3].AsInteger(), c.Inputs[4].AsInteger(), frame.Columns.Count, "column");
        c.Return(Value.OfFrame(new FrameValue(
            [.. frame.Columns.Skip(first - 1).Take(last - first + 1).Select(column => column[(firstRow - 1)..lastRow])],
            [.. frame.Names.Skip(first - 1).Take(last - first + 1)],
            [.. frame.Types.Skip(first - 1).Take(last - first + 1)])));
    }

    private static void Set(ref BuiltinContext c)
    {
        FrameValue frame = From(c.Inputs[0]);
        FrameValue part = From(c.Inputs[1]);
        (int firstRow, int lastRow) = Sizes.Bounds(c.Inputs[2].AsInteger(), c.Inputs[3].AsInteger(), frame.Rows, "row");
        (int first, int last) = Sizes.Bounds(c.Inputs[4].AsInteger(), c.Inputs[5].AsInteger(), frame.Columns.Count, "column");
        if (part.Rows != lastRow - firstRow + 1 || part.Columns.Count != last - first + 1)
        {
            throw RuntimeErrors.CastSize.With($"a frame of {part.Rows}x{part.Columns.Count} for a range of {lastRow - firstRow + 1}x{last - first + 1}");
        }

        string?[][] columns = [.. frame.Columns.Select(column => (string?[])column.Clone())];
        for (int column = first; column <= last; column++)
        {
            part.Columns[column - first].CopyTo(columns[column - 1], firstRow - 1);
        }

        c.Return(Value.OfFrame(frame with { Columns = columns }));
    }

    private static FrameValue[] All(ref BuiltinContext c)
    {
        var frames = new FrameValue[c.Inputs.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = From(c.Inputs[i]);
        }

        return frames;
    }

    private static FrameValue BindColumns(FrameValue[] frames)
    {
        if (frames.Any(f => f.Rows != frames[0].Rows))
        {
            throw DmlErrors.SizesBind.With("cbind", string.Join(", ", frames.Select(f => $"{f.Rows}x{f.Columns.Count}")));
        }

        string[] names = [.. frames.SelectMany(f => f.Names)];
        bool isDefault = frames.All(f => f.Names.SequenceEqual(Names(f.Names.Count)));
        return new FrameValue([.. frames.SelectMany(f => f.Columns)], isDefault ? Names(names.Length) : names, [.. frames.SelectMany(f => f.Types)]);
    }

    private static FrameValue BindRows(FrameValue[] frames)
    {
        if (frames.Any(f => f.Columns.Count != frames[0].Columns.Count))
        {
            throw DmlErrors.SizesBind.With("rbind", string.Join(", ", frames.Select(f => $"{f.Rows}x{f.Columns.Count}")));
        }

        return frames[0] with { Columns = [.. frames[0].Columns.Select((_, column) => frames.SelectMany(f => f.Columns[column]).ToArray())] };
    }

    private static void Compare(ref BuiltinContext c)
    {
        FrameValue a = From(c.Inputs[0]);
        FrameValue b = From(c.Inputs[1]);
        string op = c.Text(2);
        if (a.Rows != b.Rows || a.Columns.Count != b.Columns.Count)
        {
            throw DmlErrors.SizesCellwise.With(op, $"{a.Rows}x{a.Columns.Count}", $"{b.Rows}x{b.Columns.Count}");
        }

        c.Return(Value.OfFrame(new FrameValue(
            [.. a.Columns.Select((column, j) => column.Select((cell, i) => (string?)(Holds(op, cell, b.Columns[j][i], a.Types[j]) ? "TRUE" : "FALSE")).ToArray())],
            Names(a.Columns.Count),
            [.. a.Columns.Select(_ => "BOOLEAN")])));
    }

    private static bool Holds(string op, string? a, string? b, string type)
    {
        int order = type != "STRING" && double.TryParse(a, CultureInfo.InvariantCulture, out double x) && double.TryParse(b, CultureInfo.InvariantCulture, out double y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(a, b);
        return op switch { "==" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, ">=" => order >= 0, _ => throw DmlErrors.OperandTypes.With(op, "frames") };
    }

    private static FrameValue Row(FrameValue frame, Func<FrameValue, IReadOnlyList<string>> cells) =>
        new([.. cells(frame).Select(cell => new string?[] { cell })], Names(frame.Columns.Count), [.. frame.Columns.Select(_ => "STRING")]);

    // The narrowest type that every cell of a column fits.
    private static string Detect(string?[] column) => TypesFromNarrow.First(type => column.All(cell => cell is null || Fits(cell, type)));

    private static bool Fits(string cell, string type) => type switch
    {
        "BOOLEAN" => cell is "TRUE" or "FALSE" or "true" or "false" or "T" or "F" or "t" or "f",
        "INT32" => int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "INT64" => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "FP32" => double.TryParse(cell, CultureInfo.InvariantCulture, out double x) && cell.Length <= 7 && Math.Abs(x) < float.MaxValue,
        "FP64" => double.TryParse(cell, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static void ApplySchema(ref BuiltinContext c)
    {
        FrameValue frame = From(c.Inputs[0]);
        FrameValue schema = From(c.Inputs[1]);
        string[] types = [.. schema.Columns.Select((column, i) => column[0] ?? frame.Types[i])];
        c.Return(Value.OfFrame(frame with
        {
            Types = types,
            Columns = [.. frame.Columns.Select((column, i) => column.Select(cell => cell is null || types[i] is not ("FP64" or "FP32") || !double.TryParse(cell, CultureInfo.InvariantCulture, out double x) ? cell : Text(x, types[i])).ToArray())],
        }));
    }

    private static void DropInvalidType(ref BuiltinContext c)
    {
        FrameValue frame = From(c.Inputs[0]);
        FrameValue schema = From(c.Inputs[1]);
        c.Return(Value.OfFrame(frame with { Columns = [.. frame.Columns.Select((column, i) => column.Select(cell => cell is not null && Fits(cell, schema.Columns[i][0] ?? "STRING") ? cell : null).ToArray())] }));
    }

    private static void DropInvalidLength(ref BuiltinContext c)
    {
        FrameValue frame = From(c.Inputs[0]);
        FrameValue lengths = From(c.Inputs[1]);
        c.Return(Value.OfFrame(frame with { Columns = [.. frame.Columns.Select((column, i) => column.Select(cell => cell is not null && cell.Length <= double.Parse(lengths.Columns[i][0]!, CultureInfo.InvariantCulture) ? cell : null).ToArray())] }));
    }
}
