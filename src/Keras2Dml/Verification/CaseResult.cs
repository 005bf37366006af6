namespace Keras2Dml.Verification;

/// <summary>How a case ended.</summary>
internal enum CaseOutcome { Passed, Failed, Skipped }

/// <summary>One case of a golden folder after its run.</summary>
/// <param name="Part">Part of the corpus: <c>layers</c>, <c>training/losses</c>, ...</param>
/// <param name="Case">Name of the case.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Detail">Which tensor differed by how much, or why the case was skipped; null when it passed.</param>
internal sealed record CaseResult(string Part, string Case, CaseOutcome Outcome, string? Detail)
{
    public static CaseResult Passed(string part, string name) => new(part, name, CaseOutcome.Passed, null);

    public static CaseResult Failed(string part, string name, string detail) => new(part, name, CaseOutcome.Failed, detail);

    public static CaseResult Skipped(string part, string name, string reason) => new(part, name, CaseOutcome.Skipped, reason);
}
