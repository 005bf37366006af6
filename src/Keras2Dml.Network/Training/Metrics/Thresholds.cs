using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>The thresholds at which a metric counts right and wrong decisions.</summary>
/// <param name="Values">In order.</param>
/// <param name="Even">True when Keras counts by buckets because they divide [0, 1] evenly.</param>
/// <param name="HasEndpoints">True when a threshold just below 0 and one just above 1 stand at the ends.</param>
internal sealed record Thresholds(IReadOnlyList<double> Values, bool Even, bool HasEndpoints = false)
{
    // keras.config.epsilon(), which is also how closely thresholds must be even, with NumPy's allclose.
    private const double Epsilon = 1e-7;
    private const double RelativeTolerance = 1e-5;

    /// <summary>Below every prediction: what top_k leaves counts, however small (keras/src/metrics/metrics_utils.py, NEG_INF).</summary>
    public const double BelowAll = -1e10;

    public int Count => Values.Count;

    /// <summary>Name of the update function of <c>metrics/confusion.dml</c> and <c>metrics/auc.dml</c>.</summary>
    public string UpdateName => Even ? "update_even" : "update_at";

    /// <summary>What the update function takes in the end.</summary>
    public IReadOnlyList<Operand> Operands => Even ? [Operand.Int(Count), Operand.Bool(HasEndpoints)] : [Operand.Row(Values)];

    /// <summary>Thresholds as given, or a default.</summary>
    public static Thresholds Given(object? argument, double @default)
    {
        IReadOnlyList<double> values = MetricArguments.Numbers(argument) ?? [@default];
        return new Thresholds(values, IsEven(values));
    }

    /// <summary>A number of thresholds from 0 to 1; one alone is 1/2.</summary>
    public static Thresholds Spaced(int count) =>
        count == 1 ? new Thresholds([0.5], false) : new Thresholds([0, .. Inner(count), 1], true);

    /// <summary>Thresholds of a curve with ends beyond 0 and 1: as given, or a number of them.</summary>
    public static Thresholds OfCurve(object? argument, int count)
    {
        IReadOnlyList<double>? given = MetricArguments.Numbers(argument);
        IReadOnlyList<double> inner = given is null ? [.. Inner(count)] : [.. given.Order()];
        return new Thresholds([-Epsilon, .. inner, 1 + Epsilon], given is null || IsEven([0, .. inner, 1]), true);
    }

    private static IEnumerable<double> Inner(int count) => Enumerable.Range(1, Math.Max(0, count - 2)).Select(i => i * 1.0 / (count - 1));

    private static bool IsEven(IReadOnlyList<double> values) =>
        values.Count >= 3 && values.Select((v, i) => (Value: v, Even: (double)((float)i / (values.Count - 1)))).All(p => Math.Abs(p.Value - p.Even) <= Epsilon + (RelativeTolerance * Math.Abs(p.Even)));
}
