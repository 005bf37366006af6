using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;
using Parquet;
using Parquet.Schema;

namespace Keras2Dml.Cli.Data;

/// <summary>Reads tables of numbers from Parquet files, all row groups. A missing value becomes NaN. Only the library's column interface is used, which needs no reflection (Native AOT).</summary>
internal static class ParquetTable
{
    private const long LargestBytes = 1L << 31;
    private const int MostColumns = 1_000_000;

    private static readonly IReadOnlyDictionary<Type, ColumnReader> Readers = new Dictionary<Type, ColumnReader>
    {
        [typeof(bool)] = FillBooleans,
        [typeof(sbyte)] = FillNumbers<sbyte>,
        [typeof(byte)] = FillNumbers<byte>,
        [typeof(short)] = FillNumbers<short>,
        [typeof(ushort)] = FillNumbers<ushort>,
        [typeof(int)] = FillNumbers<int>,
        [typeof(uint)] = FillNumbers<uint>,
        [typeof(long)] = FillNumbers<long>,
        [typeof(ulong)] = FillNumbers<ulong>,
        [typeof(float)] = FillNumbers<float>,
        [typeof(double)] = FillNumbers<double>,
        [typeof(decimal)] = FillNumbers<decimal>,
    };

    private static readonly IReadOnlyDictionary<Type, string> OtherKinds = new Dictionary<Type, string>
    {
        [typeof(string)] = "text",
        [typeof(ReadOnlyMemory<char>)] = "text",
        [typeof(byte[])] = "bytes",
        [typeof(ReadOnlyMemory<byte>)] = "bytes",
        [typeof(Guid)] = "identifiers",
        [typeof(DateTime)] = "dates or times",
        [typeof(DateOnly)] = "dates or times",
        [typeof(TimeOnly)] = "dates or times",
        [typeof(TimeSpan)] = "dates or times",
    };

    private delegate Task ColumnReader(ParquetRowGroupReader group, DataField field, ColumnTarget target);

    /// <summary>Reads a table.</summary>
    /// <exception cref="Keras2DmlException">Damaged file, columns of other things than numbers (all of them are named), no rows, or more than 2 GiB of values.</exception>
    public static NumberTable Read(string path)
    {
        try
        {
            return ReadAsync(path).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not Keras2DmlException and not UnauthorizedAccessException and not OutOfMemoryException)
        {
            // A foreign file: whatever its decoder stumbles over is a fault of the file.
            throw DataErrors.ParquetDamaged.At(path, e.Message.TrimEnd('.') + ".");
        }
    }

    private static async Task<NumberTable> ReadAsync(string path)
    {
        ParquetReader reader = await ParquetReader.CreateAsync(path).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            DataField[] fields = reader.Schema.DataFields;
            CheckColumns(path, reader.Schema, fields);
            long rows = 0;
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                rows = group.RowCount < 0 ? long.MaxValue : rows > LargestBytes ? rows : rows + group.RowCount;
            }

            if (rows == 0)
            {
                throw DataErrors.NoRows.At(path);
            }

            // Before anything is allocated: the number of rows is what the file claims.
            if (rows > LargestBytes / sizeof(double) / fields.Length)
            {
                throw DataErrors.TooLarge.At(path, "The table", $"{rows} rows of {fields.Length} columns", $"{LargestBytes} bytes");
            }

            var values = new double[rows * fields.Length];
            int row = 0;
            for (int i = 0; i < reader.RowGroupCount; i++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
                for (int column = 0; column < fields.Length; column++)
                {
                    await Readers[fields[column].ClrType](group, fields[column], new ColumnTarget(values, row, column, fields.Length)).ConfigureAwait(false);
                }

                row += (int)group.RowCount;
            }

            return new NumberTable(path, [.. fields.Select(f => f.Name)], row, fields.Length, values);
        }
    }

    private static void CheckColumns(string path, ParquetSchema schema, DataField[] fields)
    {
        if (fields.Length is 0 or > MostColumns)
        {
            throw DataErrors.TooLarge.At(path, "The number of columns", $"{fields.Length}", $"1 to {MostColumns}");
        }

        // A list, map or structure is one column to people, whatever lies in it.
        Problem[] problems =
        [
            .. schema.Fields.Select(f => (f.Name, Kind: f is not DataField field || field.IsArray || field.MaxRepetitionLevel > 0 ? "nested values" : KindOf(field)))
                .Where(f => f.Kind is not null)
                .Select(f => DataErrors.ParquetColumn.ProblemAt(path, f.Name, f.Kind)),
        ];
        if (problems.Length > 0)
        {
            throw new Keras2DmlException(problems);
        }
    }

    private static string? KindOf(DataField field) => Readers.ContainsKey(field.ClrType) ? null : OtherKinds.GetValueOrDefault(field.ClrType) ?? "values of type " + field.ClrType.Name;

    // Booleans in pages of version 2 are run-length encoded, which Parquet.Net decodes as if every value had no bits.
    private static Task FillBooleans(ParquetRowGroupReader group, DataField field, ColumnTarget target) =>
        group.GetMetadata(field)?.MetaData?.Encodings.Contains(Parquet.Meta.Encoding.PLAIN) == true
            ? Fill<bool>(group, field, target, v => v ? 1 : 0)
            : throw DataErrors.ParquetColumn.With(field.Name, "run-length encoded booleans, which are not read (those of data pages of version 1.0 are)");

    private static Task FillNumbers<T>(ParquetRowGroupReader group, DataField field, ColumnTarget target)
        where T : struct, INumberBase<T> => Fill<T>(group, field, target, double.CreateTruncating);

    private static async Task Fill<T>(ParquetRowGroupReader group, DataField field, ColumnTarget target, Func<T, double> convert)
        where T : struct
    {
        if (field.IsNullable)
        {
            var nullable = new T?[group.RowCount];
            await group.ReadAsync<T>(field, nullable).ConfigureAwait(false);
            for (int i = 0; i < nullable.Length; i++)
            {
                target[i] = nullable[i] is { } value ? convert(value) : double.NaN;
            }
        }
        else
        {
            var values = new T[group.RowCount];
            await group.ReadAsync<T>(field, values).ConfigureAwait(false);
            for (int i = 0; i < values.Length; i++)
            {
                target[i] = convert(values[i]);
            }
        }
    }

    /// <summary>A column of a row group inside the row-major table.</summary>
    private readonly struct ColumnTarget(double[] values, int firstRow, int column, int columns)
    {
        public double this[int row]
        {
            set => values[((firstRow + row) * columns) + column] = value;
        }
    }
}
