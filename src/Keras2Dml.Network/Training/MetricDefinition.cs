using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>
/// A metric that is a mean of values: total and count are summed over batches and the result is total / count
/// (<c>metrics/mean.dml</c>: update with and without sample weights).
/// </summary>
/// <param name="Class">Declaration.</param>
/// <param name="Values">The function for a metric as configured on predictions and targets; backward is not used.</param>
/// <param name="Result">What becomes of the mean.</param>
/// <param name="TakesLogits">As for losses.</param>
internal sealed record MetricDefinition(KerasClass Class, Func<ValueContext, ValueFunction> Values, MetricResult Result = MetricResult.Mean, bool TakesLogits = false)
{
    /// <summary>Arguments that all metrics have.</summary>
    public static IReadOnlyList<Argument> CommonArguments { get; } = [Argument.Text("name", null), Argument.Any("dtype")];
}

/// <summary>What becomes of a metric's mean.</summary>
internal enum MetricResult { Mean, SquareRoot }
