using System.Globalization;
using Keras2Dml.Core.Errors;
using nietras.SeparatedValues;

namespace Keras2Dml.Data;

/// <summary>Reads csv files of numbers: separator found by itself, header line optional.</summary>
internal static class CsvFile
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="Keras2DmlException">A row has another number of fields, a field is no number, or the file is empty.</exception>
    public static NumberTable Read(string path)
    {
        string text = File.ReadAllText(path);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw DataErrors.NoRows.At(path);
        }

        using SepReader reader = Sep.Reader(o => o with { HasHeader = false, DisableColCountCheck = true, Unescape = true, Trim = SepTrim.All }).FromText(text);
        IReadOnlyList<string>? header = null;
        var values = new List<double>();
        int columns = 0;
        int rows = 0;
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == 1 && row[0].Span.IsEmpty)
            {
                continue;
            }

            if (columns == 0)
            {
                columns = row.ColCount;
                if (IsHeader(row))
                {
                    var names = new string[columns];
                    for (int i = 0; i < columns; i++)
                    {
                        names[i] = row[i].ToString();
                    }

                    header = names;
                    continue;
                }
            }

            if (row.ColCount != columns)
            {
                throw DataErrors.CsvFieldCount.At($"{path}, line {row.LineNumberFrom}", columns, row.ColCount);
            }

            for (int i = 0; i < columns; i++)
            {
                if (!TryParse(row[i].Span, out double value))
                {
                    string name = header is null ? $"column {i + 1}" : $"column {i + 1} ({header[i]})";
                    throw DataErrors.CsvNumber.At($"{path}, line {row.LineNumberFrom}, {name}", row[i].ToString());
                }

                values.Add(value);
            }

            rows++;
        }

        return rows == 0 ? throw DataErrors.NoRows.At(path) : new NumberTable(path, header, rows, columns, [.. values]);
    }

    private static bool IsHeader(SepReader.Row row)
    {
        for (int i = 0; i < row.ColCount; i++)
        {
            if (!TryParse(row[i].Span, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = double.NaN;
        return text.Equals("nan", StringComparison.OrdinalIgnoreCase) || text.Equals("na", StringComparison.OrdinalIgnoreCase);
    }
}
