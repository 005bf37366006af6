using System.Globalization;

namespace Keras2Dml.Verification;

/// <summary>Compares results with references by the error measure of ARCHITECTURE.md: max|a - ref| / max(1e-30, max|ref|).</summary>
/// <remarks>Non-finite references must be met exactly at the same places; they take no part in the maxima.</remarks>
internal sealed class Comparison
{
    private readonly List<string> failures = [];

    /// <summary>What differed, one line each.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>Number of tensors compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Notes a difference that is not one of numbers.</summary>
    public void Fail(string text) => failures.Add(text);

    /// <summary>Compares one tensor.</summary>
    /// <param name="name">Name for the report.</param>
    /// <param name="actual">Our result; null when the run gave none.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="tolerance">Largest allowed error.</param>
    /// <param name="scale">Compares against this magnitude instead of the reference's own when that is larger (tensors that are zero up to rounding).</param>
    public void Check(string name, Tensor? actual, Tensor reference, double tolerance, double scale = 0)
    {
        Compared++;
        if (actual is null)
        {
            failures.Add($"{name}: no result");
            return;
        }

        if (actual.Length != reference.Length)
        {
            failures.Add($"{name}: expected shape ({string.Join(", ", reference.Shape)}), received ({string.Join(", ", actual.Shape)})");
            return;
        }

        double largest = Math.Max(1e-30, scale);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double r = reference.GetDouble(i);
            double a = actual.GetDouble(i);
            if (!double.IsFinite(r))
            {
                if (!r.Equals(a))
                {
                    failures.Add(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]: expected {r}, received {a}"));
                    return;
                }

                continue;
            }

            largest = Math.Max(largest, Math.Abs(r));
            double difference = Math.Abs(a - r);
            if (!(difference <= worst))
            {
                worst = difference;
                at = i;
            }
        }

        double error = worst / largest;
        if (!(error <= tolerance))
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture,
                $"{name}: error {error:0.0e+00} > {tolerance:0.0e+00} (element {at}: expected {reference.GetDouble(at):R}, received {actual.GetDouble(at):R})"));
        }
    }

    /// <summary>Largest finite magnitude of a tensor.</summary>
    public static double Magnitude(Tensor tensor)
    {
        double largest = 0;
        for (int i = 0; i < tensor.Length; i++)
        {
            double value = Math.Abs(tensor.GetDouble(i));
            largest = double.IsFinite(value) ? Math.Max(largest, value) : largest;
        }

        return largest;
    }
}
