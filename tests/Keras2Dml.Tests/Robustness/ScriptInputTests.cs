using System.Globalization;
using System.Text;
using Keras2Dml.Execution;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Matrices and frames that scripts read, with metadata beside them: damaged values, sizes that do not fit, other formats than told.</summary>
public sealed class ScriptInputTests : IDisposable
{
    private static readonly (string Format, string Text)[] Matrices =
    [
        ("csv", "1,2,3\n4,5.5,6\n-7,1e3,9\n"),
        ("text", "1 1 1.5\n2 3 -4\n3 2 7\n"),
        ("mm", "%%MatrixMarket matrix coordinate real general\n% a comment\n3 3 3\n1 1 1.5\n2 3 -4\n3 2 7\n"),
    ];

    private static readonly string[] Words = ["", "0", "-1", "4", "1e400", "NaN", "x", "9223372036854775807", "99999999999999999999", "2147483648", "\"", ",", "1 1 1 1", "%", "\0", "é"];
    private readonly string folder = Directory.CreateTempSubdirectory("keras2dml-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_that_a_script_reads() => Fuzz.Run(250, random =>
    {
        (string format, string text) = Matrices[random.Next(Matrices.Length)];
        string meta = $$"""{"data_type": "matrix", "value_type": "double", "rows": 3, "cols": 3, "nnz": 3, "format": "{{format}}", "header": false, "sep": ","}""";
        File.WriteAllBytes(Path.Combine(folder, "x.data"), random.Next(3) == 0 ? ByteMutator.Change(Encoding.UTF8.GetBytes(text), random, text.Length) : Encoding.UTF8.GetBytes(Changed(text, random)));
        File.WriteAllText(Path.Combine(folder, "x.data.mtd"), random.Next(2) == 0 ? Changed(meta, random) : meta);
        File.WriteAllText(Path.Combine(folder, "read.dml"), random.Next(4) == 0
            ? "X = read(\"x.data\", data_type=\"frame\", format=\"csv\", header=FALSE)\nprint(toString(X))\n"
            : "X = read(\"x.data\")\nprint(sum(X) + \" \" + nrow(X) + \" \" + ncol(X))\n");
        using var run = new DmlRun(new DmlRunOptions { Path = "read.dml", WorkingDirectory = folder, Threads = 1, MemoryBudget = 1 << 26, Output = new StringWriter(CultureInfo.InvariantCulture) });
        run.Execute(CancellationToken.None);
    });

    // One number or word becomes another.
    private static string Changed(string text, Random random)
    {
        int[] starts = [.. Enumerable.Range(0, text.Length).Where(i => char.IsLetterOrDigit(text[i]) && (i == 0 || !char.IsLetterOrDigit(text[i - 1])))];
        int start = starts[random.Next(starts.Length)];
        int end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        return text[..start] + Words[random.Next(Words.Length)] + text[end..];
    }
}
