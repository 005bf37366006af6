using System.Globalization;
using System.Text;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Files;

/// <summary>Writes values in SystemDS's text formats, with a <c>.mtd</c> file.</summary>
internal static class DataWriter
{
    public static void Write(Value value, string path, string format, bool header, string separator, bool sparse, string description = "")
    {
        string note = description.Length == 0 ? string.Empty : $",\n    \"description\": {Quoted(description)}";
        string? folder = Path.GetDirectoryName(path);
        if (!string.IsNullOrEmpty(folder))
        {
            Directory.CreateDirectory(folder);
        }

        switch (value.Tag)
        {
            case ValueTag.Matrix:
                Matrix matrix = value.AsMatrix();
                format = format.Length == 0 ? "text" : format;
                AtomicFile.WriteText(path, format switch
                {
                    "csv" => Csv(matrix, header, separator, sparse),
                    "text" => Cells(matrix),
                    "mm" => $"%%MatrixMarket matrix coordinate real general\n{matrix.Rows} {matrix.Columns} {NonZeros(matrix)}\n{Cells(matrix)}",
                    _ => throw RuntimeErrors.WriteFormat.With(format),
                });
                Metadata(path, $"\"data_type\": \"matrix\",\n    \"value_type\": \"double\",\n    \"rows\": {matrix.Rows},\n    \"cols\": {matrix.Columns},\n    \"nnz\": {NonZeros(matrix)},\n    \"format\": \"{format}\"{note}{(format == "csv" ? $",\n    \"header\": {(header ? "true" : "false")},\n    \"sep\": {Quoted(separator)}" : string.Empty)}");
                break;
            case ValueTag.Frame:
                var frame = (FrameValue)value.AsReference();
                var text = new StringBuilder();
                if (header)
                {
                    text.AppendJoin(separator, frame.Names).Append('\n');
                }

                for (int row = 0; row < frame.Rows; row++)
                {
                    text.AppendJoin(separator, frame.Columns.Select(c => c[row] ?? string.Empty)).Append('\n');
                }

                AtomicFile.WriteText(path, text.ToString());
                Metadata(path, $"\"data_type\": \"frame\",\n    \"schema\": \"{string.Join(',', frame.Types)},\",\n    \"rows\": {frame.Rows},\n    \"cols\": {frame.Columns.Count},\n    \"format\": \"csv\",\n    \"header\": {(header ? "true" : "false")},\n    \"sep\": {Quoted(separator)}");
                break;
            case ValueTag.List:
                throw RuntimeErrors.WriteFormat.With("a list");
            default:
                AtomicFile.WriteText(path, ValueText.Of(value.ToScalar()));
                string type = value.Tag switch { ValueTag.Integer => "int", ValueTag.Boolean => "boolean", ValueTag.String => "string", _ => "double" };
                Metadata(path, $"\"data_type\": \"scalar\",\n    \"value_type\": \"{type}\",\n    \"format\": \"text\"{note}");
                break;
        }
    }

    private static string Quoted(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static void Metadata(string path, string body) => AtomicFile.WriteText(path + ".mtd", "{\n    " + body + "\n}\n");

    private static long NonZeros(Matrix matrix)
    {
        long count = 0;
        for (long i = 0; i < matrix.Length; i++)
        {
            count += matrix.Get(i) != 0 ? 1 : 0;
        }

        return count;
    }

    private static string Csv(Matrix matrix, bool header, string separator, bool sparse, string description = "")
    {
        string note = description.Length == 0 ? string.Empty : $",\n    \"description\": {Quoted(description)}";
        var text = new StringBuilder();
        if (header)
        {
            text.AppendJoin(separator, Enumerable.Range(1, matrix.Columns).Select(i => string.Create(CultureInfo.InvariantCulture, $"C{i}"))).Append('\n');
        }

        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                if (column > 0)
                {
                    text.Append(separator);
                }

                double value = matrix[row, column];
                text.Append(value == 0 ? sparse ? string.Empty : "0" : JavaNumber.Of(value));
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cells(Matrix matrix)
    {
        var text = new StringBuilder();
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                double value = matrix[row, column];
                if (value != 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{row + 1} {column + 1} ").Append(JavaNumber.Of(value)).Append('\n');
                }
            }
        }

        return text.Length == 0 ? "0 0 0\n" : text.ToString();
    }
}
