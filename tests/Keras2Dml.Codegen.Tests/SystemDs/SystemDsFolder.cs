using System.Diagnostics;
using System.Globalization;
using System.Text;
using Keras2Dml.Library;

namespace Keras2Dml.Codegen.Tests.SystemDs;

/// <summary>A folder with a generated script, the library and the files that the script reads; runs it on Apache SystemDS.</summary>
internal sealed class SystemDsFolder : IDisposable
{
    public SystemDsFolder(GeneratedScript script, Func<ScriptBinding, double[,]> values)
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("keras2dml-").FullName;
        File.WriteAllText(Path.Combine(Directory, "script.dml"), script.Text);
        foreach (string path in LibraryText.Paths)
        {
            string target = Path.Combine(Directory, path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, LibraryText.Find(path)!);
        }

        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "model"));
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "out"));
        foreach (ScriptBinding read in script.Reads)
        {
            WriteCsv(Path.Combine(Directory, read.IsArgument ? "" : "model", read.Name + ".csv"), values(read));
        }

        Arguments = [.. script.Reads.Where(r => r.IsArgument).Select(r => $"{r.Name}={r.Name}.csv"), "model=model", "out=out"];
    }

    /// <summary>The runner of the pack, or null when it is not there.</summary>
    public static string? Runner { get; } = Checkout.Find("shared/systemds/run-systemds.sh");

    public string Directory { get; }

    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Runs the script and returns what it printed; throws when SystemDS reported an error.</summary>
    public string Run(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Runner!) { WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["--strict", "script.dml", "-nvargs", .. Arguments, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"SystemDS failed in {Directory}:\n{output}\n{error.Result}");
    }

    /// <summary>A file that the script wrote.</summary>
    public double[,] Result(string name) => ReadCsv(Path.Combine(Directory, "out", name + ".csv"));

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    public static void WriteCsv(string path, double[,] values)
    {
        var text = new StringBuilder();
        for (int r = 0; r < values.GetLength(0); r++)
        {
            for (int c = 0; c < values.GetLength(1); c++)
            {
                text.Append(c == 0 ? "" : ",").Append(values[r, c].ToString("R", CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        File.WriteAllText(path, text.ToString());
        File.WriteAllText(path + ".mtd", $$"""{"data_type": "matrix", "value_type": "double", "rows": {{values.GetLength(0)}}, "cols": {{values.GetLength(1)}}, "format": "csv", "header": false, "sep": ","}""");
    }

    private static double[,] ReadCsv(string path)
    {
        string[][] rows = [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => l.Split(','))];
        var values = new double[rows.Length, rows[0].Length];
        for (int r = 0; r < rows.Length; r++)
        {
            for (int c = 0; c < rows[r].Length; c++)
            {
                values[r, c] = double.Parse(rows[r][c], CultureInfo.InvariantCulture);
            }
        }

        return values;
    }
}
