using System.CommandLine;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Verification;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml verify PATH...</c>: golden folders against the engine.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        Argument<string[]> paths = new("PATH") { Description = "Golden folders, parts or class folders of them.", Arity = ArgumentArity.OneOrMore };
        Option<string> pattern = new("--case") { Description = "Only cases whose name matches (wildcards * and ?).", DefaultValueFactory = _ => "*" };
        Option<Precision> precision = CommonOptions.Precision(Precision.Double);
        Option<bool> json = CommonOptions.Json();
        Option<bool> skipped = new("--show-skipped") { Description = "Also print the skipped cases with their reasons." };
        Option<int> threads = CommonOptions.Threads();
        Option<string[]> disabled = CommonOptions.DisabledRewrites();
        Option<string?> known = new("--known") { Description = "A list of cases that are known to differ, as CASE<TAB>REASON a line: they are skipped, and fail once they agree." };
        Option<bool> noIntrinsics = new("--no-intrinsics") { Description = "Run the DML bodies of library functions instead of native operators." };
        return new DocumentedCommand(
            "verify",
            "Runs golden cases and compares with their references.",
            "keras2dml verify tests/golden/layers",
            "keras2dml verify tests/golden/training --case \"adam*\" --precision single",
            "keras2dml verify tests/golden/models --json") { paths, pattern, precision, json, skipped, threads, disabled, known, noIntrinsics }
            .Does(parsed =>
            {
                string[] folders = parsed.GetValue(paths)!;
                foreach (string folder in folders.Where(f => !Directory.Exists(f)))
                {
                    throw CommandErrors.VerifyPath.With(folder);
                }

                var verifier = new Verifier(new VerifyOptions
                {
                    Precision = parsed.GetValue(precision),
                    Pattern = parsed.GetValue(pattern)!,
                    Threads = parsed.GetValue(threads),
                    DisabledRewrites = (parsed.GetValue(disabled) ?? []).ToHashSet(StringComparer.Ordinal),
                    KnownDifferences = parsed.GetValue(known) is { } list ? KnownDifferences.Read(list) : new Dictionary<string, string>(),
                    UseIntrinsics = !parsed.GetValue(noIntrinsics),
                });
                var counts = new Dictionary<CaseOutcome, int> { [CaseOutcome.Passed] = 0, [CaseOutcome.Failed] = 0, [CaseOutcome.Skipped] = 0 };
                var report = new JsonArray();
                foreach (string folder in folders)
                {
                    foreach (CaseResult result in verifier.Run(folder))
                    {
                        counts[result.Outcome]++;
                        if (parsed.GetValue(json))
                        {
                            report.Add((JsonNode)new JsonObject { ["part"] = result.Part, ["case"] = result.Case, ["outcome"] = result.Outcome.ToString().ToLowerInvariant(), ["detail"] = result.Detail });
                        }
                        else if (result.Outcome == CaseOutcome.Failed || (result.Outcome == CaseOutcome.Skipped && parsed.GetValue(skipped)))
                        {
                            Console.Out.WriteLine($"{result.Outcome.ToString().ToUpperInvariant()} {result.Part}/{result.Case}: {result.Detail}");
                        }
                    }
                }

                if (counts.Values.Sum() == 0)
                {
                    throw CommandErrors.VerifyPath.With(string.Join(", ", folders));
                }

                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(report.ToJsonString());
                }

                (parsed.GetValue(json) ? Console.Error : Console.Out).WriteLine($"{counts[CaseOutcome.Passed]} passed, {counts[CaseOutcome.Failed]} failed, {counts[CaseOutcome.Skipped]} skipped");
                return counts[CaseOutcome.Failed] == 0 ? ExitCodes.Success : ExitCodes.Failure;
            });
    }
}
