using System.IO.Compression;
using System.Text;
using Keras2Dml.Core.Data;
using Keras2Dml.Data;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Data files that are damaged, of another kind than their name says, or full of odd values.</summary>
public sealed class DataFileTests : IDisposable
{
    private static readonly string[] Cells = ["", " ", "1e400", "-", "NaN", "inf", "0x1F", "1,5", "\"", "\"\"\"", "\0", "é", "1e-400", "999999999999999999999999", "true", "1;2", "\t"];
    private readonly string folder = Directory.CreateTempSubdirectory("keras2dml-fuzz-").FullName;
    private readonly KerasModel model = KerasModel.Load(Checkout.PathOf("samples/digits/digits_cnn.keras"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Numpy_arrays() => Fuzz.Run(250, random =>
    {
        byte[] whole = Array(random);
        byte[] bytes = random.Next(3) == 0 ? WithHeader(whole, random) : ByteMutator.Change(whole, random, head: 128);
        new DataArguments(DataFormat.BuiltIn).ReadArray(Write("x.npy", bytes));
    });

    [Fact]
    public void Archives_of_arrays() => Fuzz.Run(150, random =>
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string name in (string[])["x.npy", random.Next(4) == 0 ? "z.npy" : "y.npy"])
            {
                using Stream member = zip.CreateEntry(name).Open();
                byte[] bytes = Array(random);
                member.Write(random.Next(3) == 0 ? ByteMutator.Change(bytes, random, head: 128) : bytes);
            }
        }

        byte[] result = archive.ToArray();
        DataArguments.Load([Write("data.npz", random.Next(2) == 0 ? ByteMutator.Change(result, random, result.Length) : result)], [], model, needTargets: true);
    });

    [Fact]
    public void Tables() => Fuzz.Run(100, random =>
    {
        List<string[]> rows = [.. File.ReadLines(Checkout.PathOf("samples/digits/digits.csv")).Take(6).Select(l => l.Split(','))];
        for (int i = random.Next(3); i >= 0; i--)
        {
            int row = random.Next(rows.Count);
            switch (random.Next(4))
            {
                case 0:
                    rows[row][random.Next(rows[row].Length)] = Cells[random.Next(Cells.Length)];
                    break;
                case 1:
                    rows[row] = rows[row][..random.Next(rows[row].Length)];
                    break;
                case 2:
                    rows.RemoveAt(row);
                    rows.Add([]);
                    break;
                default:
                    rows[row] = [.. rows[row], .. rows[row]];
                    break;
            }

            if (rows.Exists(r => r.Length == 0))
            {
                break;
            }
        }

        string text = string.Join(random.Next(4) == 0 ? "\r\n" : "\n", rows.Select(r => string.Join(random.Next(9) == 0 ? ';' : ',', r)));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        DataArguments.Load([Write("data.csv", random.Next(4) == 0 ? ByteMutator.Change(bytes, random, bytes.Length) : bytes)], ["digit"], model, needTargets: true);
    });

    [Fact]
    public void Idx_files() => Fuzz.Run(100, random =>
    {
        byte[] whole = [0, 0, (byte)random.Next(8, 15), 2, 0, 0, 0, 4, 0, 0, 0, 3, .. new byte[96]];
        if (random.Next(3) == 0)
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                gzip.Write(whole);
            }

            whole = packed.ToArray();
        }

        new DataArguments(DataFormat.BuiltIn).ReadArray(Write("x.idx", ByteMutator.Change(whole, random, head: 12)));
    });

    private static byte[] Array(Random random)
    {
        var stream = new MemoryStream();
        int rows = random.Next(1, 5);
        switch (random.Next(4))
        {
            case 0:
                NpyFile.Write(stream, Tensor.From(new float[rows * 64], rows, 64));
                break;
            case 1:
                NpyFile.Write(stream, Tensor.From(new long[rows], rows));
                break;
            case 2:
                NpyFile.Write(stream, Tensor.From(new double[rows * 64], rows, 8, 8, 1));
                break;
            default:
                NpyFile.Write(stream, Tensor.From(Enumerable.Repeat("ab", rows).ToArray(), rows));
                break;
        }

        return stream.ToArray();
    }

    private static byte[] WithHeader(byte[] whole, Random random)
    {
        string[] shapes = ["()", "(,)", "(0,)", "(-1,)", "(9999999999999, 9)", "(2147483647, 2)", "(1,1,1,1,1,1,1,1,1,1,1,1)", "3", "[3]", "(1L,)", "('a',)", "((1,),)", "(1e3,)"];
        string[] types = ["'<f4'", "'>f8'", "'|O'", "'<U4'", "'<c16'", "'|V8'", "'<f16'", "[('a', '<f4')]", "'<U99999999'", "'|S5'", "'|b1'", "'<u8'", "7"];
        string text = $"{{'descr': {types[random.Next(types.Length)]}, 'fortran_order': {(random.Next(2) == 0 ? "True" : "False")}, 'shape': {shapes[random.Next(shapes.Length)]}, }}";
        text = random.Next(4) == 0 ? text[..random.Next(text.Length)] : text;
        byte[] header = Encoding.ASCII.GetBytes(text + "\n");
        return [.. whole[..8], (byte)header.Length, (byte)(header.Length >> 8), .. header, .. whole[^Math.Min(64, whole.Length)..]];
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
