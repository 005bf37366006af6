using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Files;

/// <summary>Reads matrices, frames and scalars in SystemDS's text formats: csv, text (i j v), mm (Matrix Market).</summary>
internal static class DataReader
{
    public static Value Read(string path, string shownPath, FileMetadata arguments, BufferPool pool)
    {
        FileMetadata metadata = arguments.WithFile(path);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw RuntimeErrors.ReadMissing.With(shownPath);
        }

        if (metadata.DataType == "scalar")
        {
            return Scalar(File.ReadAllText(path).Trim(), metadata.ValueType);
        }

        // A folder holds the parts of one file, in the order of their names; Hadoop's own files (_SUCCESS, .part-00000.crc) lie between them.
        string[] lines = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(f => Path.GetFileName(f)[0] is not ('_' or '.')).Order(StringComparer.Ordinal).SelectMany(File.ReadLines)]
            : File.ReadAllLines(path);
        string format = metadata.Format.Length > 0 ? metadata.Format : lines.Length > 0 && lines[0].StartsWith("%%", StringComparison.Ordinal) ? "mm" : "text";
        return format switch
        {
            "csv" when metadata.DataType == "frame" => Frame(lines, metadata, shownPath),
            "csv" => Value.Of(Csv(lines, metadata, shownPath, pool)),
            "text" => Value.Of(Cells(lines.Where(l => l.Length > 0), metadata.Rows, metadata.Columns, shownPath, pool)),
            "mm" => Value.Of(MatrixMarket(lines, shownPath, pool)),
            _ => throw RuntimeErrors.ReadFormat.With(shownPath, format),
        };
    }

    private static Value Scalar(string text, string type) => type switch
    {
        "int" or "integer" => Value.Of(long.Parse(text, CultureInfo.InvariantCulture)),
        "boolean" => Value.Of(text.Equals("true", StringComparison.OrdinalIgnoreCase)),
        "string" => Value.Of(text),
        _ => Value.Of(double.Parse(text, CultureInfo.InvariantCulture)),
    };

    private static Matrix Csv(string[] lines, FileMetadata metadata, string path, BufferPool pool)
    {
        int first = metadata.Header ? 1 : 0;
        int end = lines.Length;
        while (end > first && lines[end - 1].Length == 0)
        {
            end--;
        }

        int rows = end - first;
        if (rows == 0)
        {
            throw RuntimeErrors.ReadEmpty.With(path);
        }

        char separator = metadata.SeparatorCharacter;
        int columns = lines[first].AsSpan().Count(separator) + 1;
        if ((metadata.Rows >= 0 && metadata.Rows != rows) || (metadata.Columns >= 0 && metadata.Columns != columns))
        {
            throw RuntimeErrors.ReadSize.With(path, $"{metadata.Rows}x{metadata.Columns}", $"{rows}x{columns}");
        }

        Matrix matrix = pool.Rent(rows, columns, MatrixType.Double);
        Span<double> cells = matrix.Doubles;
        for (int row = 0; row < rows; row++)
        {
            int column = 0;
            ReadOnlySpan<char> line = lines[first + row];
            foreach (Range range in line.Split(separator))
            {
                if (column == columns)
                {
                    break;
                }

                cells[row * columns + column++] = Field(line[range].Trim(), metadata, path, first + row + 1);
            }

            if (column != columns || line.Count(separator) + 1 != columns)
            {
                matrix.Release();
                throw RuntimeErrors.ReadFields.With(path, first + row + 1, columns, line.Count(separator) + 1);
            }
        }

        return matrix;
    }

    private static double Field(ReadOnlySpan<char> text, FileMetadata metadata, string path, int line)
    {
        if (text.IsEmpty && metadata.Fill)
        {
            return metadata.Default;
        }

        foreach (string missing in metadata.MissingNames)
        {
            if (text.Equals(missing, StringComparison.Ordinal))
            {
                return double.NaN;
            }
        }

        return Number(text, path, line);
    }

    private static double Number(ReadOnlySpan<char> text, string path, int line)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : text.Equals("Infinity", StringComparison.Ordinal) ? double.PositiveInfinity
            : text.Equals("-Infinity", StringComparison.Ordinal) ? double.NegativeInfinity
            : throw RuntimeErrors.ReadNumber.With(path, line, text.ToString());
    }

    private static Matrix Cells(IEnumerable<string> lines, long rows, long columns, string path, BufferPool pool)
    {
        var cells = new List<(int Row, int Column, double Value)>();
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2 || !int.TryParse(parts[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out int row) || !int.TryParse(parts[1], NumberStyles.Integer, CultureInfo.InvariantCulture, out int column))
            {
                throw RuntimeErrors.ReadFields.With(path, number, 3, parts.Length);
            }

            cells.Add((row, column, parts.Length == 2 ? 1 : Number(parts[2], path, number)));
        }

        if (rows < 0 || columns < 0)
        {
            throw RuntimeErrors.ReadDimensions.With(path);
        }

        Matrix matrix = pool.Rent(checked((int)rows), checked((int)columns), MatrixType.Double, clear: true);
        foreach ((int row, int column, double value) in cells.Where(c => c.Row > 0))
        {
            if (row > rows || column < 1 || column > columns)
            {
                throw RuntimeErrors.IndexRange.With("cell", $"{rows}x{columns}", $"{row}, {column}");
            }

            matrix[row - 1, column - 1] = value;
        }

        return matrix;
    }

    private static Matrix MatrixMarket(string[] lines, string path, BufferPool pool)
    {
        bool symmetric = lines.Length > 0 && lines[0].Contains("symmetric", StringComparison.OrdinalIgnoreCase);
        int header = Array.FindIndex(lines, l => !l.StartsWith('%'));
        string[] sizes = header < 0 ? [] : lines[header].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (sizes.Length < 2
            || !int.TryParse(sizes[0], NumberStyles.None, CultureInfo.InvariantCulture, out int rows) || !int.TryParse(sizes[1], NumberStyles.None, CultureInfo.InvariantCulture, out int columns))
        {
            throw RuntimeErrors.ReadDimensions.With(path);
        }

        Matrix matrix = Cells(lines.Skip(header + 1).Where(l => l.Trim().Length > 0), rows, columns, path, pool);
        for (int row = 0; symmetric && row < matrix.Rows; row++)
        {
            for (int column = 0; column < row; column++)
            {
                matrix[column, row] = matrix[row, column];
            }
        }

        return matrix;
    }

    private static Value Frame(string[] lines, FileMetadata metadata, string path)
    {
        char separator = metadata.SeparatorCharacter;
        string[][] rows = [.. lines.Where(l => l.Length > 0).Select(l => l.Split(separator))];
        if (rows.Length == 0)
        {
            throw RuntimeErrors.ReadEmpty.With(path);
        }

        string[] names = metadata.Header ? rows[0] : [.. Enumerable.Range(1, rows[0].Length).Select(i => $"C{i}")];
        string[][] body = [.. rows.Skip(metadata.Header ? 1 : 0)];
        return Value.OfFrame(new FrameValue(
            [.. names.Select((_, column) => body.Select(r => column < r.Length && r[column].Length > 0 && !metadata.MissingNames.Contains(r[column]) ? (string?)r[column] : null).ToArray())],
            names,
            [.. names.Select((_, i) => i < metadata.Schema.Count ? metadata.Schema[i].ToUpperInvariant() : "STRING")]));
    }
}
