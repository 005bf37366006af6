using System.Text.Json.Nodes;

namespace Keras2Dml.Verification;

/// <summary>The tolerances of the correctness contract (ARCHITECTURE.md): double, and single from what TensorFlow itself loses in float32.</summary>
internal sealed class Tolerances(JsonObject entry, Precision precision)
{
    private const double ForwardDouble = 1e-10;
    private const double OtherDouble = 1e-9;
    private const double SingleFloor = 1e-6;
    private const double SingleFactor = 4;

    /// <summary>Outputs, masks, losses.</summary>
    public double Forward(string errorKey) => Of(errorKey, ForwardDouble);

    /// <summary>
    /// The same for a case whose reference is no better than float32, as the data show: it is stored in float32, or it is to the last bit what the run in float32 gave.
    /// </summary>
    /// <param name="tolerance">Tolerance otherwise.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="single">What TensorFlow gave in float32; null when the case does not tell.</param>
    public double NotBelowSingle(double tolerance, Tensor reference, Tensor? single = null)
    {
        bool same = single is not null && reference.Length > 1 && Enumerable.Range(0, reference.Length).All(i => reference.GetDouble(i).Equals(single.GetDouble(i)));
        return precision == Precision.Double && (reference.ElementType == ElementType.Float32 || same) ? Math.Max(SingleFloor, tolerance) : tolerance;
    }

    /// <summary>Gradients, weights after steps, histories and predictions of fit.</summary>
    public double Other(string errorKey) => Of(errorKey, OtherDouble);

    // References that are themselves float32 (no float64 kernel), or come out of kernels that compute in float32, can be met no closer than float32.
    private bool IsSingleReference =>
        (string?)entry["reference"] == "float32" || (string?)entry["reference_dtype"] == "float32" ||
        ((string?)entry["notes"] is { } notes && (notes.Contains("float32 precision only", StringComparison.Ordinal) || notes.Contains("gradients come from the float32 model", StringComparison.Ordinal)));

    private double Of(string errorKey, double inDouble)
    {
        if ((double?)entry["tolerance"] is { } stated && precision == Precision.Double)
        {
            return Math.Max(stated, inDouble);
        }

        if (precision == Precision.Double)
        {
            return IsSingleReference ? SingleFloor : inDouble;
        }

        double error = entry["f32_error"] is JsonObject errors
            ? (double?)errors[errorKey] ?? errors.Select(e => (double?)e.Value ?? 0).DefaultIfEmpty(0).Max()
            : (double?)entry["f32_error"] ?? 0;
        return Math.Max(SingleFloor, SingleFactor * error);
    }
}
