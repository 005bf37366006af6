using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Share of right predictions. Keras: keras.metrics.Accuracy and its kin (keras/src/metrics/accuracy_metrics.py).</summary>
internal static class AccuracyMetrics
{
    /// <summary>Predictions equal to targets, mean over the last axis.</summary>
    public static MetricDefinition Accuracy { get; } = Up(Class("Accuracy", []), c => new MeanMetric(LastAxis.Mean("metrics/accuracy", c)));

    /// <summary>Predictions above a threshold against targets of 0 and 1, mean over the last axis.</summary>
    public static MetricDefinition BinaryAccuracy { get; } = Up(
        Class("BinaryAccuracy", ["binary_accuracy"], Argument.Double("threshold", 0.5)),
        c => new MeanMetric(LastAxis.Mean("metrics/binary_accuracy", c, Operand.Double(c.Config.Double("threshold")))));

    /// <summary>Place of the largest prediction against place of the largest target.</summary>
    public static MetricDefinition CategoricalAccuracy { get; } = Up(Class("CategoricalAccuracy", ["categorical_accuracy"]), c => new MeanMetric(LastAxis.Mean("metrics/categorical_accuracy", c)));

    /// <summary>Place of the largest prediction against class numbers.</summary>
    public static MetricDefinition SparseCategoricalAccuracy { get; } = Up(Class("SparseCategoricalAccuracy", ["sparse_categorical_accuracy"]), c => new MeanMetric(LastAxis.Mean("metrics/sparse_categorical_accuracy", c)));

    /// <summary>The target's class among the k largest predictions, one-hot targets.</summary>
    public static MetricDefinition TopKCategoricalAccuracy { get; } = Up(
        Class("TopKCategoricalAccuracy", ["top_k_categorical_accuracy"], Argument.Int("k", 5, 1)),
        c => new MeanMetric(LastAxis.Mean("metrics/top_k_categorical_accuracy", c, Operand.Int(c.Config.Int("k")))));

    /// <summary>The target's class among the k largest predictions, class numbers as targets.</summary>
    public static MetricDefinition SparseTopKCategoricalAccuracy { get; } = Up(
        Class("SparseTopKCategoricalAccuracy", ["sparse_top_k_categorical_accuracy"], Argument.Int("k", 5, 1), Argument.Bool("from_sorted_ids", false)),
        c => new MeanMetric(LastAxis.Mean("metrics/sparse_top_k_categorical_accuracy", c, Operand.Int(c.Config.Int("k"))) with { ForwardName = c.Config.Bool("from_sorted_ids") ? "forward_sorted" : "forward" }));

    private static MetricDefinition Up(KerasClass @class, Func<ValueContext, MetricMeaning> meaning) => new(@class, meaning) { Direction = MetricDirection.Up };

    private static KerasClass Class(string name, IReadOnlyList<string> aliases, params IReadOnlyList<Argument> arguments) => MetricArguments.Class(name, aliases, arguments);
}
