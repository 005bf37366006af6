using System.Diagnostics;
using System.Globalization;

namespace Keras2Dml.Tests.Robustness;

/// <summary>
/// Runs something on damaged input many times. Whatever the input holds, the work succeeds or ends in a catalogue error, within bounds of time and memory.
/// Every round has its own seed, which a finding names. The environment variable <c>KERAS2DML_FUZZ</c> multiplies the rounds (eng/full-check);
/// <c>KERAS2DML_FUZZ_SEED</c> runs the round of that seed alone.
/// </summary>
internal sealed class Fuzz(long mostAllocated)
{
    private const long MostAllocated = 1 << 30;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private static readonly int Factor = int.TryParse(Environment.GetEnvironmentVariable("KERAS2DML_FUZZ"), CultureInfo.InvariantCulture, out int factor) ? Math.Max(1, factor) : 1;
    private static readonly string? Only = Environment.GetEnvironmentVariable("KERAS2DML_FUZZ_SEED");
    private readonly SortedDictionary<string, string> findings = new(StringComparer.Ordinal);

    /// <summary>Runs the rounds and fails with one example for each kind of finding.</summary>
    /// <param name="rounds">Number of rounds, before the factor.</param>
    /// <param name="round">Makes and uses damaged input; gets a random generator of its own.</param>
    /// <param name="mostAllocated">Most managed bytes of one round.</param>
    public static void Run(int rounds, Action<Random> round, long mostAllocated = MostAllocated)
    {
        var fuzz = new Fuzz(mostAllocated);
        int refused = 0;
        foreach (int seed in Only is null ? Enumerable.Range(0, rounds * Factor) : [int.Parse(Only, CultureInfo.InvariantCulture)])
        {
            refused += fuzz.Round(seed, round) ? 1 : 0;
        }

        Assert.True(fuzz.findings.Count == 0, string.Join("\n\n", fuzz.findings.Select(f => f.Key + "\n" + f.Value)));
        Assert.True(refused > rounds / 10 || Only is not null, $"Only {refused} of {rounds} damaged inputs were refused: the damage does not reach what is tested.");
    }

    private bool Round(int seed, Action<Random> round)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool refused = false;
        try
        {
            round(new Random(seed));
        }
        catch (Keras2DmlException error)
        {
            refused = true;
            if (error.Problems.Any(p => p.Definition.Id.Length != 7 || p.Message.Length == 0))
            {
                findings.TryAdd("A finding without its entry of the catalogue", $"seed {seed}: {error.Message}");
            }
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            string place = error.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Keras2Dml", StringComparison.Ordinal))?.Trim() ?? "unknown";
            findings.TryAdd($"{error.GetType().Name} {place}", $"seed {seed}: {error}");
        }

        if (watch.Elapsed > Longest)
        {
            findings.TryAdd("Too slow", $"seed {seed}: {watch.Elapsed}");
        }

        if (GC.GetAllocatedBytesForCurrentThread() - before > mostAllocated)
        {
            findings.TryAdd("Too much memory", $"seed {seed}: {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }

        return refused;
    }
}
