using System.Text.Json.Nodes;

namespace Keras2Dml.Verification;

/// <summary>Runs golden folders: finds their parts, hands each case to the suite that knows it, and turns refusals into skips.</summary>
internal sealed class Verifier(VerifyOptions options)
{
    /// <summary>Every suite, in the order in which parts are offered to them.</summary>
    public static IReadOnlyList<ICaseSuite> Suites { get; } = [new DmlCases(), new LayerCases(), new FitCases(), new NumpyNnCases(), new ModelCases(), new RealModelCases(), new SummaryCases(), .. Training.TrainingSuites.All];

    /// <summary>Runs every case under a path.</summary>
    public IEnumerable<CaseResult> Run(string path)
    {
        foreach (CaseIndex index in CaseIndex.Find(path, options.Pattern))
        {
            ICaseSuite? suite = Suites.FirstOrDefault(s => s.Handles(index.Part));
            foreach (JsonObject entry in index.Entries)
            {
                yield return suite is null
                    ? CaseResult.Skipped(index.Part, (string)entry["case"]!, "no suite for this part")
                    : Run(suite, index, entry, options);
            }
        }
    }

    /// <summary>Runs one case; never throws for what a case can cause.</summary>
    public static CaseResult Run(ICaseSuite suite, CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        CaseResult result = Outcome(suite, index, entry, options);
        return !options.KnownDifferences.TryGetValue(result.Case, out string? reason) ? result
            : result.Outcome == CaseOutcome.Failed ? CaseResult.Skipped(result.Part, result.Case, "known difference: " + reason)
            : result.Outcome == CaseOutcome.Passed ? CaseResult.Failed(result.Part, result.Case, "It agrees now. Remove it from the list of known differences.")
            : result;
    }

    private static CaseResult Outcome(ICaseSuite suite, CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        try
        {
            return suite.Run(index, entry, options);
        }
        catch (Keras2DmlException e) when (e.IsUnsupported)
        {
            return CaseResult.Skipped(index.Part, name, e.Message.ReplaceLineEndings("; "));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return CaseResult.Failed(index.Part, name, $"{e.GetType().Name}: {e.Message.ReplaceLineEndings("; ")}{(e is Keras2DmlException ? string.Empty : e.StackTrace)}");
        }
    }
}
