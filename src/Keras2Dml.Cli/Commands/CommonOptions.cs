using System.CommandLine;
using Keras2Dml.Cli.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;

namespace Keras2Dml.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonOptions
{
    public static Argument<string> Model() => new("MODEL") { Description = "A Keras model: .keras (file or folder), .h5, or .json from to_json()." };

    public static Option<string[]> Data() => new("--data")
    {
        Description = "Data: X.npy,y.npy (inputs, then targets), name=X.npy pairs for several inputs, an .npz with x and y, a .csv or .parquet table, IDX files (-ubyte, .idx, .gz), or matrices of SystemDS with their .mtd files.",
        Required = true,
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Labels() => new("--labels") { Description = "Columns of a table that are the targets; the others fill the input in the model's own order." };

    public static Option<int> BatchSize(int @default = 32) => AtLeast(new Option<int>("--batch-size") { Description = "Rows per batch.", DefaultValueFactory = _ => @default }, 1);

    public static Option<int> Threads() => AtLeast(new Option<int>("--threads") { Description = "Worker threads; 0 for all cores. Results do not depend on it." }, 0);

    public static Option<Precision> Precision(Precision @default) => new("--precision") { Description = "single (as Keras) or double (as SystemDS).", DefaultValueFactory = _ => @default };

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable output." };

    public static Option<string> Memory() => new("--memory") { Description = "Most memory for matrices, for example 500m or 4g." };

    public static Option<bool> Stats() => new("--stats") { Description = "Print time and calls per operator on stderr afterwards." };

    /// <summary>Rewrites to leave out; other names are refused at parse time (exit code 2).</summary>
    public static Option<string[]> DisabledRewrites()
    {
        var option = new Option<string[]>("--disable-rewrite") { Description = "Leave out rewrites by name (explain --rewrites lists them).", AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. Keras2Dml.Execution.DmlRun.RewriteNames]);
        return option;
    }

    /// <summary>Rejects smaller values at parse time (exit code 2).</summary>
    public static Option<int> AtLeast(Option<int> option, int minimum)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out int value) && value < minimum)
            {
                result.AddError($"Expected {option.Name} of at least {minimum}. Received: {value}.");
            }
        });
        return option;
    }

    /// <summary>Rejects fractions outside [0, 1) at parse time (exit code 2).</summary>
    public static Option<double> Fraction(Option<double> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0
                && double.TryParse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture, out double value) && value is not (>= 0 and < 1))
            {
                result.AddError(FormattableString.Invariant($"Expected {option.Name} from 0 to below 1. Received: {value}."));
            }
        });
        return option;
    }

    /// <summary>Bytes of a text such as <c>500m</c> or <c>4g</c>.</summary>
    public static long? ParseMemory(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        long unit = char.ToLowerInvariant(text[^1]) switch { 'k' => 1L << 10, 'm' => 1L << 20, 'g' => 1L << 30, _ => 1 };
        string digits = unit == 1 ? text : text[..^1];
        return long.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out long value) && value > 0
            ? checked(value * unit)
            : throw CommandErrors.MemorySize.With(text);
    }

    public static Option<string?> SampleWeight() => new("--sample-weight") { Description = "Weight of each row in loss and weighted metrics: a file of numbers, one a row." };

    /// <summary>The data of <c>--data</c> and <c>--labels</c> in every format of the command.</summary>
    public static LoadedData Load(string[] data, string[]? labels, KerasModel model, bool needTargets) => Files().Read(data, labels ?? [], model, needTargets);

    /// <summary>The array of a file; null without one.</summary>
    public static Tensor? LoadArray(string? path) => path is null ? null : Files().ReadArray(path);

    private static DataArguments Files() => new([.. DataFormat.BuiltIn, DataFormat.Table([".parquet"], ParquetTable.Read)]);

    /// <summary>Fails before the work starts when an output cannot be written.</summary>
    public static void CheckOutput(string path, params string[] endings)
    {
        if (Directory.Exists(path))
        {
            throw CommandErrors.OutputIsFolder.With(path);
        }

        if (endings.Length > 0 && !endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            throw CommandErrors.OutputFormat.With(path, string.Join(", ", endings));
        }

        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null && !Directory.Exists(folder))
        {
            throw CommandErrors.OutputFolder.With(path, Path.GetDirectoryName(path));
        }
    }
}
