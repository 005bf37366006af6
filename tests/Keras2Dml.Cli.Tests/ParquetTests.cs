using System.Buffers.Binary;
using System.IO.Compression;
using Keras2Dml.Cli.Data;
using Keras2Dml.Cli.Output;
using Keras2Dml.Core.Data;
using Keras2Dml.Data;
using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

/// <summary>The files in Parquet/ were written by Apache's C++ library: 10 rows in groups of 5, 1 and 4.</summary>
[Collection(CommandRunner.Console)]
public sealed class ParquetTests
{
    private static string File(string name) => Checkout.PathOf("tests/Keras2Dml.Cli.Tests/Parquet/" + name);

    [Theory]
    [InlineData("snappy.parquet")]
    [InlineData("gzip.parquet")]
    [InlineData("zstd_v2.parquet")]
    public void Every_numeric_type_is_read_from_all_row_groups(string name)
    {
        NumberTable table = ParquetTable.Read(File(name));
        Assert.Equal(
            ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float", "double", "decimal", "nullable_double", "nullable_int"], table.Columns);
        Assert.Equal(10, table.Rows);
        for (int i = 0; i < table.Rows; i++)
        {
            double[] expected =
            [
                i % 2, i - 3, 250 + (i % 6), -300 * i, 60000 + i, -100000 * i, 4000000000 + i, -Math.Pow(2, 40) * i, Math.Pow(2, 50) + i,
                i / 4.0, i / 3.0, i * 1.125, i % 3 == 0 ? double.NaN : i * 0.5, i % 4 == 3 ? double.NaN : i * 7,
            ];
            Assert.Equal(expected, table.Values[(i * table.ColumnCount)..((i + 1) * table.ColumnCount)]);
        }
    }

    [Fact]
    public void Every_column_that_holds_no_numbers_is_named()
    {
        var error = Assert.Throws<Keras2DmlException>(() => ParquetTable.Read(File("text.parquet")));
        Assert.Equal(ErrorCategory.Data, error.Category);
        string path = File("text.parquet");
        string[] columns =
        [
            "'kind' holds text", "'day' holds dates or times", "'parts' holds nested values", "'blob' holds bytes",
        ];
        Assert.Equal(columns.Select(c => $"K2D5119: {path}: Expected columns of numbers. Column {c}. Encode it as numbers first, or leave it out."), error.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Booleans_that_the_reader_would_misread_are_refused()
    {
        var error = Assert.Throws<Keras2DmlException>(() => ParquetTable.Read(File("rle_bool.parquet")));
        Assert.Contains("Column 'flag' holds run-length encoded booleans", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_an_error_of_the_data()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = System.IO.File.ReadAllBytes(File("snappy.parquet"));
        var random = new Random(7);
        for (int i = 0; i < 150; i++)
        {
            byte[] damaged = [.. whole];
            if (i < 40)
            {
                damaged = damaged[..(whole.Length * i / 40)];
            }
            else
            {
                for (int k = 0; k < 3; k++)
                {
                    // The footer with its claims is the end of the file.
                    damaged[random.Next(i % 2 == 0 ? 0 : whole.Length - 2500, whole.Length)] = (byte)random.Next(256);
                }
            }

            System.IO.File.WriteAllBytes(folder["x.parquet"], damaged);
            try
            {
                ParquetTable.Read(folder["x.parquet"]);
                Assert.True(i >= 40);
            }
            catch (Keras2DmlException e)
            {
                Assert.Equal(ErrorCategory.Data, e.Category);
            }
        }
    }

    [Fact]
    public void Predictions_in_Parquet_are_those_in_csv()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["predict", Sample("digits_cnn.keras"), "--data", Sample("digits.csv"), "--labels", "digit", "-o"];
        Assert.Equal(0, Run([.. arguments, folder["p.csv"]]).Code);
        Assert.Equal(0, Run([.. arguments, folder["p.parquet"]]).Code);
        NumberTable csv = CsvFile.Read(folder["p.csv"]);
        NumberTable parquet = ParquetTable.Read(folder["p.parquet"]);
        Assert.Equal(csv.Values, parquet.Values.Select(v => double.Parse(((float)v).ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"probabilities_{i}"), parquet.Columns!.Select(c => "probabilities_" + c.Split('_')[^1]));
    }

    [Fact]
    public void Several_outputs_stand_side_by_side_under_names_of_their_own()
    {
        using var folder = new TemporaryFolder();
        const int rows = 140_000;
        Tensor a = Tensor.From([.. Enumerable.Range(0, 2 * rows).Select(i => i * 0.5)], rows, 2);
        Tensor b = Tensor.From([.. Enumerable.Range(0, rows).Select(i => (float)i)], rows, 1);
        ParquetPredictions.Write(folder["p.parquet"], ["a", "a_1", "b/c.d \"e\"\n"], [a, b, b]);
        NumberTable table = ParquetTable.Read(folder["p.parquet"]);
        Assert.Equal(["a_0", "a_1", "a_1_", "b/c.d \"e\"\n"], table.Columns);
        Assert.Equal(rows, table.Rows);
        Assert.Equal([2.0 * (rows - 1) * 0.5, ((2.0 * (rows - 1)) + 1) * 0.5, rows - 1, rows - 1], table.Values[^4..]);
    }

    [Fact]
    public void Tables_of_every_kind_give_the_same_and_kinds_of_files_mix()
    {
        using var folder = new TemporaryFolder();
        NumberTable digits = CsvFile.Read(Sample("digits.csv"));
        ParquetPredictions.Write(folder["digits.parquet"], digits.Columns!, [.. Enumerable.Range(0, digits.ColumnCount).Select(c => digits.Pick([c]))]);
        int label = digits.Columns!.ToList().IndexOf("digit");
        Tensor x = digits.Pick([.. Enumerable.Range(0, digits.ColumnCount).Where(c => c != label)]);
        Tensor y = digits.Pick([label]);
        NpyFile.Write(folder["y.npy"], y);
        ParquetPredictions.Write(folder["x.parquet"], ["x"], [x]);
        WriteIdx(folder["images-idx3-ubyte.gz"], x, 8, 8);
        WriteIdx(folder["labels.idx"], y);
        WriteSystemDs(folder["x.ijv"], digits.Pick([.. Enumerable.Range(0, digits.ColumnCount)]));

        string[] results =
        [
            .. new[]
            {
                new[] { Sample("digits.csv"), "--labels", "digit" },
                [folder["digits.parquet"], "--labels", "digit"],
                [folder["x.parquet"] + "," + folder["y.npy"]],
                [folder["images-idx3-ubyte.gz"] + "," + folder["y.npy"]],
                [folder["x.parquet"] + "," + folder["labels.idx"]],
                [folder["x.ijv"], "--labels", $"{label + 1}"],
                [$"image={folder["x.parquet"]},{OutputName()}={folder["labels.idx"]}"],
            }.Select(data => Evaluate(data)),
        ];
        Assert.All(results, r => Assert.Equal(results[0], r));

        string Evaluate(string[] data)
        {
            (int code, string output) = Run(["evaluate", Sample("digits_cnn.keras"), "--json", "--data", .. data]);
            Assert.True(code == 0, output);
            return output;
        }
    }

    [Theory]
    [InlineData("""{"data_type": "frame", "format": "csv"}""", "K2D5120: {0}: Expected a matrix in a text format of SystemDS (csv, text, mm) with its .mtd file. Received: it holds a frame.")]
    [InlineData("""{"data_type": "matrix", "rows": 100000, "cols": 100000, "format": "text"}""", "K2D5120: {0}: ")]
    [InlineData("""{"data_type": "matrix", "rows": "many", "cols": 1, "format": "text"}""", "K2D4018: {0}.mtd: The metadata file is damaged: 'rows' is no size: \"many\"")]
    [InlineData("""{"data_type": "matrix", "rows": 1, "cols": 1, "format": "binary"}""", "K2D40")]
    [InlineData("""{"data_type": "matrix", "format": "mm"}""", "K2D4025: ")]
    public void What_is_no_matrix_of_SystemDS_is_an_error_of_the_data(string metadata, string message)
    {
        using var folder = new TemporaryFolder();
        System.IO.File.WriteAllText(folder["m"], "");
        System.IO.File.WriteAllText(folder["m.mtd"], metadata);
        (int code, string output) = Run("predict", Sample("digits_cnn.keras"), "--data", folder["m"]);
        Assert.StartsWith(message.Replace("{0}", folder["m"], StringComparison.Ordinal), output, StringComparison.Ordinal);
        Assert.Equal(4, code);
    }

    [Fact]
    public void Labels_need_a_table()
    {
        using var folder = new TemporaryFolder();
        NpyFile.Write(folder["x.npy"], Tensor.From([1.0], 1, 1));
        (int code, string output) = Run("evaluate", Sample("digits_cnn.keras"), "--data", folder["x.npy"], "--labels", "digit");
        Assert.Equal(2, code);
        Assert.Contains("K2D5117", output, StringComparison.Ordinal);
    }

    // A folder of parts with cells that are not zero, as Spark writes it.
    private static void WriteSystemDs(string path, Tensor values)
    {
        int columns = values.Shape[1];
        Directory.CreateDirectory(path);
        for (int part = 0; part < 2; part++)
        {
            System.IO.File.WriteAllLines(Path.Combine(path, $"part-0000{part}"), Enumerable.Range(0, values.Length).Where(i => i % 2 == part && values.GetDouble(i) != 0)
                .Select(i => FormattableString.Invariant($"{(i / columns) + 1} {(i % columns) + 1} {values.GetDouble(i)}")));
        }

        System.IO.File.WriteAllText(path + ".mtd", $$"""{"data_type": "matrix", "value_type": "double", "rows": {{values.Shape[0]}}, "cols": {{columns}}, "format": "text"}""");
    }

    private static string OutputName() => KerasModel.Load(Sample("digits_cnn.keras")).Outputs[0].Name;

    // The format of MNIST: bytes, big-endian sizes.
    private static void WriteIdx(string path, Tensor values, params int[] sizes)
    {
        using Stream file = System.IO.File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write([0, 0, 8, (byte)(1 + sizes.Length)]);
        foreach (int size in sizes.Prepend(values.Shape[0]))
        {
            var word = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(word, size);
            stream.Write(word);
        }

        for (int i = 0; i < values.Length; i++)
        {
            stream.WriteByte((byte)values.GetDouble(i));
        }
    }
}
