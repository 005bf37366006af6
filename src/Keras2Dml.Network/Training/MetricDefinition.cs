using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>A metric: its declaration, and what it computes over batches.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="Meaning">What a metric as configured computes for predictions and targets.</param>
/// <param name="TakesLogits">As for losses.</param>
internal sealed record MetricDefinition(KerasClass Class, Func<ValueContext, MetricMeaning> Meaning, bool TakesLogits = false)
{
    /// <summary>Arguments that all metrics have.</summary>
    public static IReadOnlyList<Argument> CommonArguments { get; } = [Argument.Text("name", null), Argument.Any("dtype")];

    /// <summary>False for the metrics of plain values (<c>Mean</c>, <c>Sum</c>), which a model cannot be compiled with.</summary>
    public bool TakesTargets { get; init; } = true;

    /// <summary>Whether larger values are better (Keras's _direction), which callbacks ask.</summary>
    public MetricDirection Direction { get; init; } = MetricDirection.Down;

    /// <summary>As <see cref="LossDefinition.UsesLogits"/>.</summary>
    public bool UsesLogits(KerasObject metric) => TakesLogits && (Class.Find("ignore_class") is null || metric.Values["ignore_class"] is null);
}

/// <summary>Which values of a metric are better.</summary>
internal enum MetricDirection
{
    /// <summary>Smaller ones.</summary>
    Down,

    /// <summary>Larger ones.</summary>
    Up,

    /// <summary>Keras does not say.</summary>
    Unknown,
}
