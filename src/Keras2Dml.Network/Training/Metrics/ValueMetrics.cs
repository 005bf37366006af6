using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Mean and sum of plain values. Keras: keras.metrics.Mean, keras.metrics.Sum.</summary>
internal static class ValueMetrics
{
    public static MetricDefinition Mean { get; } = Over("Mean", "mean", MeanResult.Mean);

    public static MetricDefinition Sum { get; } = Over("Sum", "sum", MeanResult.Total);

    private static MetricDefinition Over(string name, string alias, MeanResult result) =>
        new(MetricArguments.Class(name, [alias]), c => new MeanMetric(new ValueFunction { File = "metrics/values", Positions = c.Prediction.Elements, TargetHasAxis = false }, result)) { TakesTargets = false, Direction = MetricDirection.Unknown };
}
