using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Keras2Dml.Verification;

namespace Keras2Dml.Tests.Golden;

/// <summary>Every golden case of tests/golden is a test; a new case needs no code. <c>keras2dml verify</c> runs the same code.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string, string> Layers => Cases("layers");

    public static TheoryData<string, string> Models => Cases("models/keras3", "models/keras2");

    public static TheoryData<string, string> Training => Cases(
        "training/optimizers", "training/optimizers_legacy", "training/optimizers_sparse", "training/losses", "training/metrics", "training/schedules", "training/activations", "training/regularizers", "training/constraints",
        "training/initializers", "training/random", "training/seeding", "training/numpy_nn");

    public static TheoryData<string, string> Fit => Cases("training/fit", "training/fit_keras2");

    public static TheoryData<string, string> Dml => Cases("dml");

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_equal_Keras_in_double(string part, string name) => Check(part, name, Precision.Double);

    [Theory]
    [MemberData(nameof(Layers))]
    public void Layers_equal_Keras_in_single(string part, string name) => Check(part, name, Precision.Single);

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_equal_Keras_in_double(string part, string name) => Check(part, name, Precision.Double);

    [Theory]
    [MemberData(nameof(Models))]
    public void Models_equal_Keras_in_single(string part, string name) => Check(part, name, Precision.Single);

    [Theory]
    [MemberData(nameof(Training))]
    public void Training_parts_equal_Keras_in_double(string part, string name) => Check(part, name, Precision.Double);

    [Theory]
    [MemberData(nameof(Training))]
    public void Training_parts_equal_Keras_in_single(string part, string name) => Check(part, name, Precision.Single);

    [Theory]
    [MemberData(nameof(Fit))]
    public void Fit_runs_equal_Keras_in_double(string part, string name) => Check(part, name, Precision.Double);

    [Theory]
    [MemberData(nameof(Fit))]
    public void Fit_runs_equal_Keras_in_single(string part, string name) => Check(part, name, Precision.Single);

    [Theory]
    [MemberData(nameof(Dml))]
    public void Scripts_do_what_SystemDS_does(string part, string name) => Check(part, name, Precision.Double);

    private static TheoryData<string, string> Cases(params string[] parts)
    {
        var data = new TheoryData<string, string>();
        foreach (string part in parts)
        {
            foreach (JsonObject entry in Index(part).Entries)
            {
                data.Add(part, Name(entry));
            }
        }

        return data;
    }

    private static string Name(JsonObject entry) => entry["group"] is { } group ? $"{group}/{entry["case"]}" : (string)entry["case"]!;

    // An index is read once, not once a case.
    private static readonly ConcurrentDictionary<string, CaseIndex> Indexes = new(StringComparer.Ordinal);

    private static CaseIndex Index(string part) => Indexes.GetOrAdd(part, p => CaseIndex.Find(Checkout.Golden(p), "*").Single());

    // Open differences from SystemDS; a case that agrees fails.
    private static IReadOnlyDictionary<string, string> Differences { get; } = KnownDifferences.Read(Checkout.PathOf("tests/Keras2Dml.Tests/Golden/DmlDifferences.txt"));

    private static CaseResult Run(string part, string name, Precision precision)
    {
        CaseIndex index = Index(part);
        JsonObject entry = index.Entries.First(e => Name(e) == name);
        ICaseSuite suite = Verifier.Suites.First(s => s.Handles(index.Part));
        return Verifier.Run(suite, index, entry, new VerifyOptions { Precision = precision, Threads = 1, KnownDifferences = Differences });
    }

    private static void Check(string part, string name, Precision precision)
    {
        CaseResult result = Run(part, name, precision);
        if (result.Outcome == CaseOutcome.Skipped)
        {
            Assert.Skip(result.Detail ?? "unsupported");
        }

        Assert.True(result.Outcome == CaseOutcome.Passed, result.Detail);
    }
}
