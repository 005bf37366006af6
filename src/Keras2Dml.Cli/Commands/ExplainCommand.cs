using System.CommandLine;
using Keras2Dml.Core.Errors;
using Keras2Dml.Execution;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml explain MODEL|SCRIPT --stage S</c>: any intermediate form.</summary>
internal static class ExplainCommand
{
    private static readonly string[] ModelStages = ["network", "lowered", "script", "ast", "operators", "plan"];
    private static readonly string[] ScriptStages = ["ast", "operators", "plan"];

    public static Command Build()
    {
        Argument<string> source = new("MODEL|SCRIPT") { Description = "A Keras model or a DML script.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> rewrites = new("--rewrites") { Description = "List the names of the rewrites instead (for --disable-rewrite)." };
        Option<string> stage = new("--stage") { Description = string.Join(", ", ModelStages) + ".", DefaultValueFactory = _ => "plan" };
        Option<bool> prediction = new("--prediction") { Description = "The prediction program instead of the training program." };
        Option<string[]> named = new("-nvargs", "--nvargs") { Description = "Named arguments k=v of the script.", AllowMultipleArgumentsPerToken = true };
        return new DocumentedCommand(
            "explain",
            "Prints an intermediate form of a model or script.",
            "keras2dml explain lenet.keras --stage lowered",
            "keras2dml explain script.dml --stage plan -nvargs X=X.csv",
            "keras2dml explain --rewrites") { source, stage, prediction, named, rewrites }
            .Does(parsed =>
            {
                if (parsed.GetValue(rewrites))
                {
                    Console.Out.WriteLine(string.Join('\n', DmlRun.RewriteNames));
                    return ExitCodes.Success;
                }

                string path = parsed.GetValue(source) ?? throw CommandErrors.ExplainSource.With();
                string wanted = parsed.GetValue(stage)!;
                bool isScript = path.EndsWith(".dml", StringComparison.OrdinalIgnoreCase);
                string[] legal = isScript ? ScriptStages : ModelStages;
                if (!legal.Contains(wanted))
                {
                    throw CommandErrors.Stage.With(isScript ? "a script" : "a model", string.Join(", ", legal), wanted);
                }

                if (isScript)
                {
                    if (!File.Exists(path))
                    {
                        throw CommandErrors.ScriptMissing.At(path);
                    }

                    using var run = new DmlRun(new DmlRunOptions
                    {
                        Path = path,
                        Arguments = (parsed.GetValue(named) ?? []).Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : string.Empty, StringComparer.Ordinal),
                    });
                    Console.Out.Write(run.Explain(wanted));
                }
                else
                {
                    Console.Out.Write(KerasModel.Load(path).Explain(wanted, parsed.GetValue(prediction)));
                }

                return ExitCodes.Success;
            });
    }
}
