using Keras2Dml.Core.Data;
using Parquet;
using Parquet.Schema;

namespace Keras2Dml.Cli.Output;

/// <summary>Writes predictions as a Parquet table: a column per value of a row, named by the output and, when there are several, the position in the row.</summary>
internal static class ParquetPredictions
{
    private const int RowsPerGroup = 1 << 17;

    public static void Write(string path, IReadOnlyList<string> names, IReadOnlyList<Tensor> outputs) =>
        AtomicFile.Write(path, stream => WriteAsync(stream, names, outputs).GetAwaiter().GetResult());

    private static async Task WriteAsync(Stream stream, IReadOnlyList<string> names, IReadOnlyList<Tensor> outputs)
    {
        int rows = outputs[0].Shape[0];
        (DataField Field, Tensor Output, int Position, int Width)[] columns = Columns(names, outputs);
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => (Field)c.Field)), stream).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            for (int first = 0; first < rows; first += RowsPerGroup)
            {
                int count = Math.Min(RowsPerGroup, rows - first);
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                foreach ((DataField field, Tensor output, int position, int width) in columns)
                {
                    // Row i of the column is element (first + i) * width + position.
                    double At(int i) => output.GetDouble(((first + i) * width) + position);
                    if (output.ElementType == ElementType.Float32)
                    {
                        await group.WriteAsync<float>(field, Values(count, i => (float)At(i))).ConfigureAwait(false);
                    }
                    else
                    {
                        await group.WriteAsync<double>(field, Values(count, At)).ConfigureAwait(false);
                    }
                }

                group.CompleteValidate();
            }
        }
    }

    private static (DataField Field, Tensor Output, int Position, int Width)[] Columns(IReadOnlyList<string> names, IReadOnlyList<Tensor> outputs)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<(DataField, Tensor, int, int)>();
        for (int i = 0; i < outputs.Count; i++)
        {
            int width = outputs[i].Length / Math.Max(1, outputs[i].Shape[0]);
            for (int position = 0; position < width; position++)
            {
                string name = width == 1 ? names[i] : $"{names[i]}_{position}";
                while (!taken.Add(name))
                {
                    name += "_";
                }

                DataField field = outputs[i].ElementType == ElementType.Float32 ? new DataField<float>(name, nullable: false) : new DataField<double>(name, nullable: false);
                columns.Add((field, outputs[i], position, width));
            }
        }

        return [.. columns];
    }

    private static ReadOnlyMemory<T> Values<T>(int count, Func<int, T> value)
    {
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = value(i);
        }

        return values;
    }
}
