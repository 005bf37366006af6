using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Verification;

namespace Keras2Dml.Tests.Verification;

public sealed class VerifierTests
{
    private static readonly Problem Unsupported = NetworkErrors.UnknownLayer.ProblemAt("layer 'q'", "Quantum", string.Empty);
    private static readonly Problem Wrong = NetworkErrors.WrongValue.ProblemAt("layer 'd'", "Dense", "units", "an integer of at least 1", "-5");

    [Fact]
    public void What_is_not_supported_is_skipped_with_its_reason()
    {
        CaseResult result = Outcome(() => throw new Keras2DmlException([Unsupported, Unsupported]));
        Assert.Equal(CaseOutcome.Skipped, result.Outcome);
        Assert.Contains("K2D2001", result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_of_something_legal_fails() =>
        Assert.Equal(CaseOutcome.Failed, Outcome(() => throw new Keras2DmlException([Unsupported, Wrong])).Outcome);

    [Fact]
    public void A_fault_of_the_program_fails() => Assert.Equal(CaseOutcome.Failed, Outcome(() => throw new InvalidOperationException("a fault")).Outcome);

    [Fact]
    public void A_known_difference_is_skipped_until_it_agrees()
    {
        var known = new VerifyOptions { KnownDifferences = new Dictionary<string, string> { ["a"] = "sparse blocks" } };
        CaseResult differs = Outcome(() => CaseResult.Failed("part", "a", "1 instead of 2"), known);
        Assert.Equal((CaseOutcome.Skipped, "known difference: sparse blocks"), (differs.Outcome, differs.Detail));
        Assert.Equal(CaseOutcome.Failed, Outcome(() => CaseResult.Passed("part", "a"), known).Outcome);
        Assert.Equal(CaseOutcome.Passed, Outcome(() => CaseResult.Passed("part", "b"), known).Outcome);
    }

    private static CaseResult Outcome(Func<CaseResult> run, VerifyOptions? options = null) =>
        Verifier.Run(new Suite(run), new CaseIndex("part", "folder", []), new JsonObject { ["case"] = "a" }, options ?? new VerifyOptions());

    private sealed class Suite(Func<CaseResult> run) : ICaseSuite
    {
        public bool Handles(string part) => true;

        public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options) => run();
    }
}
