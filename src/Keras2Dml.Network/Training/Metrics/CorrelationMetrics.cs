using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Correlation of predictions with targets. Keras: keras.metrics.PearsonCorrelation, keras.metrics.ConcordanceCorrelation.</summary>
internal static class CorrelationMetrics
{
    public static MetricDefinition PearsonCorrelation { get; } = Over("PearsonCorrelation", "pearson_correlation");

    public static MetricDefinition ConcordanceCorrelation { get; } = Over("ConcordanceCorrelation", "concordance_correlation");

    private static MetricDefinition Over(string name, string function) => new(
        MetricArguments.Class(name, [function], Argument.Ints("axis", -1)),
        c => new MeanMetric(LastAxis.OverAny("metrics/" + function, c, c.Config.Ints("axis")))) { Direction = MetricDirection.Up };
}
