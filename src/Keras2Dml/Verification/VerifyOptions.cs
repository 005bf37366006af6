using Keras2Dml.Execution;

namespace Keras2Dml.Verification;

/// <summary>What to verify and how.</summary>
internal sealed record VerifyOptions
{
    public Precision Precision { get; init; } = Precision.Double;

    /// <summary>Wildcard pattern for case names.</summary>
    public string Pattern { get; init; } = "*";

    public int Threads { get; init; }

    public IReadOnlySet<string> DisabledRewrites { get; init; } = new HashSet<string>();

    public bool UseIntrinsics { get; init; } = true;

    /// <summary>Reasons of cases that are known to differ, by name: they are skipped, and fail once they agree.</summary>
    public IReadOnlyDictionary<string, string> KnownDifferences { get; init; } = new Dictionary<string, string>();

    public ComputeOptions Compute => new() { Precision = Precision, Threads = Threads, DisabledRewrites = DisabledRewrites, UseIntrinsics = UseIntrinsics };
}
