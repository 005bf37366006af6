using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;

namespace Keras2Dml.Cli.Output;

/// <summary>Writes predictions in the format that the file name asks for.</summary>
internal static class PredictionFile
{
    public static readonly string[] Endings = [".npy", ".npz", ".csv", ".parquet", ".json"];

    public static void Write(string path, IReadOnlyList<string> names, IReadOnlyList<Tensor> outputs)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".npz":
                NpzFile.Write(path, outputs.Count == 1
                    ? [new KeyValuePair<string, Tensor>("output", outputs[0])]
                    : [.. outputs.Select((t, i) => new KeyValuePair<string, Tensor>(names[i], t))]);
                break;
            case ".csv":
                using (var text = new StringWriter(CultureInfo.InvariantCulture))
                {
                    WriteCsv(text, outputs);
                    AtomicFile.WriteText(path, text.ToString());
                }

                break;
            case ".parquet":
                ParquetPredictions.Write(path, names, outputs);
                break;
            case ".json":
                AtomicFile.WriteText(path, Json(names, outputs));
                break;
            default:
                if (outputs.Count > 1)
                {
                    throw Core.Errors.CommandErrors.OutputFormat.With(path, ".npz, .csv, .parquet or .json for several outputs");
                }

                NpyFile.Write(path, outputs[0]);
                break;
        }
    }

    /// <summary>One line a row; several outputs side by side.</summary>
    public static void WriteCsv(TextWriter writer, IReadOnlyList<Tensor> outputs)
    {
        int rows = outputs[0].Shape[0];
        for (int row = 0; row < rows; row++)
        {
            writer.Write(string.Join(',', outputs.SelectMany(o => Row(o, row))));
            writer.Write('\n');
        }
    }

    private static IEnumerable<string> Row(Tensor tensor, int row)
    {
        int width = tensor.Length / Math.Max(1, tensor.Shape[0]);
        for (int i = 0; i < width; i++)
        {
            double value = tensor.GetDouble(row * width + i);
            yield return tensor.ElementType == ElementType.Float32
                ? ((float)value).ToString("R", CultureInfo.InvariantCulture)
                : value.ToString("R", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>An object with an array per output.</summary>
    public static string Json(IReadOnlyList<string> names, IReadOnlyList<Tensor> outputs)
    {
        var tree = new JsonObject();
        for (int i = 0; i < outputs.Count; i++)
        {
            int position = 0;
            tree[names[i]] = Nest(outputs[i], 0, ref position);
        }

        return tree.ToJsonString() + "\n";
    }

    private static JsonNode? Nest(Tensor tensor, int axis, ref int position)
    {
        if (axis == tensor.Rank)
        {
            double value = tensor.GetDouble(position++);
            return double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
        }

        var array = new JsonArray();
        for (int i = 0; i < tensor.Shape[axis]; i++)
        {
            array.Add(Nest(tensor, axis + 1, ref position));
        }

        return array;
    }
}
