using System.CommandLine;
using Keras2Dml.Cli.Output;
using Keras2Dml.Core.Errors;
using Keras2Dml.Execution;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml run SCRIPT.dml</c>: any DML script on the embedded engine.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        Argument<string> script = new("SCRIPT") { Description = "A DML script." };
        Option<string[]> named = new("-nvargs", "--nvargs") { Description = "Named arguments k=v, read in the script as $k.", AllowMultipleArgumentsPerToken = true };
        Option<string[]> positional = new("-args", "--args") { Description = "Positional arguments, read in the script as $1, $2, ...", AllowMultipleArgumentsPerToken = true };
        Option<Precision> precision = CommonOptions.Precision(Precision.Double);
        Option<string> memory = CommonOptions.Memory();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> stats = CommonOptions.Stats();
        Option<bool> explain = new("--explain") { Description = "Print the plan on stderr first." };
        Option<string?> trace = new("--trace") { Description = "Writes Chrome trace events (JSON) to a file." };
        Option<string[]> disabled = CommonOptions.DisabledRewrites();
        return new DocumentedCommand(
            "run",
            "Runs a DML script.",
            "keras2dml run train.dml -nvargs X=X.csv y=y.csv epochs=5 out=out",
            "keras2dml run script.dml -args 3 data.csv --stats",
            "keras2dml run script.dml --precision single --trace trace.json") { script, named, positional, precision, memory, threads, stats, explain, trace, disabled }
            .Does(parsed =>
            {
                string path = parsed.GetValue(script)!;
                if (!File.Exists(path))
                {
                    throw CommandErrors.ScriptMissing.At(path);
                }

                using var cancellation = new ConsoleCancellation();
                using var run = new DmlRun(new DmlRunOptions
                {
                    Path = path,
                    Arguments = Arguments(parsed.GetValue(named) ?? [], parsed.GetValue(positional) ?? []),
                    Precision = parsed.GetValue(precision),
                    MemoryBudget = CommonOptions.ParseMemory(parsed.GetValue(memory)),
                    Threads = parsed.GetValue(threads),
                    DisabledRewrites = (parsed.GetValue(disabled) ?? []).ToHashSet(StringComparer.Ordinal),
                    Output = Console.Out,
                    TracePath = parsed.GetValue(trace),
                    CollectStatistics = parsed.GetValue(stats),
                });
                if (parsed.GetValue(explain))
                {
                    Console.Error.Write(run.Explain("plan"));
                }

                run.Execute(cancellation.Token);
                Console.Out.Flush();
                if (parsed.GetValue(stats))
                {
                    Console.Error.Write(run.Statistics());
                }

                return ExitCodes.Success;
            });
    }

    private static Dictionary<string, string> Arguments(string[] named, string[] positional)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in named)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw CommandErrors.ScriptArgument.With(pair);
            }

            arguments[pair[..equals]] = pair[(equals + 1)..];
        }

        for (int i = 0; i < positional.Length; i++)
        {
            arguments[(i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)] = positional[i];
        }

        return arguments;
    }
}
