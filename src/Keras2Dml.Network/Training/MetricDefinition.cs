using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>A metric that is a mean of values: total = sum(values * weights) and count = sum(weights) are summed over batches, the result is total / count.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="Values">The function for a metric as configured on predictions and targets; backward is not used.</param>
/// <param name="Result">What becomes of the mean.</param>
/// <param name="TakesLogits">As for losses.</param>
internal sealed record MetricDefinition(KerasClass Class, Func<ValueContext, ValueFunction> Values, MetricResult Result = MetricResult.Mean, bool TakesLogits = false)
{
    /// <summary>Arguments that all metrics have.</summary>
    public static IReadOnlyList<Argument> CommonArguments { get; } = [Argument.Text("name", null), Argument.Any("dtype")];

    /// <summary>As <see cref="LossDefinition.UsesLogits"/>.</summary>
    public bool UsesLogits(KerasObject metric) => TakesLogits && (Class.Find("ignore_class") is null || metric.Values["ignore_class"] is null);
}

/// <summary>What becomes of a metric's mean.</summary>
internal enum MetricResult { Mean, SquareRoot }
