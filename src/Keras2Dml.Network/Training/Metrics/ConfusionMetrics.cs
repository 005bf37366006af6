using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Metrics of right and wrong decisions at thresholds. Keras: keras.metrics.TruePositives and its kin, Precision, Recall, ...AtSpecificity (keras/src/metrics/confusion_metrics.py).</summary>
internal static class ConfusionMetrics
{
    private const string File = "metrics/confusion";

    /// <summary>Targets that are there and predicted.</summary>
    public static MetricDefinition TruePositives { get; } = Count("TruePositives", "true_positives");

    /// <summary>Targets that are not there and not predicted.</summary>
    public static MetricDefinition TrueNegatives { get; } = Count("TrueNegatives", "true_negatives");

    /// <summary>Targets that are not there but predicted.</summary>
    public static MetricDefinition FalsePositives { get; } = Count("FalsePositives", "false_positives");

    /// <summary>Targets that are there but not predicted.</summary>
    public static MetricDefinition FalseNegatives { get; } = Count("FalseNegatives", "false_negatives");

    /// <summary>Share of right ones among what is predicted.</summary>
    public static MetricDefinition Precision { get; } = Ratio("Precision", "precision");

    /// <summary>Share of found ones among what is there.</summary>
    public static MetricDefinition Recall { get; } = Ratio("Recall", "recall");

    /// <summary>Best sensitivity of the thresholds with a specificity.</summary>
    public static MetricDefinition SensitivityAtSpecificity { get; } = Best("SensitivityAtSpecificity", "specificity", "sensitivity_at_specificity");

    /// <summary>Best specificity of the thresholds with a sensitivity.</summary>
    public static MetricDefinition SpecificityAtSensitivity { get; } = Best("SpecificityAtSensitivity", "sensitivity", "specificity_at_sensitivity");

    /// <summary>Best precision of the thresholds with a recall.</summary>
    public static MetricDefinition PrecisionAtRecall { get; } = Best("PrecisionAtRecall", "recall", "precision_at_recall");

    /// <summary>Best recall of the thresholds with a precision.</summary>
    public static MetricDefinition RecallAtPrecision { get; } = Best("RecallAtPrecision", "precision", "recall_at_precision");

    private static MetricDefinition Count(string name, string function) => new(
        MetricArguments.Class(name, [function], MetricArguments.Thresholds()),
        c => Meaning(c, Thresholds.Given(c.Config.Values["thresholds"], 0.5), function, severalResults: true, null, null)) { Direction = MetricDirection.Unknown };

    private static MetricDefinition Ratio(string name, string function) => new(
        MetricArguments.Class(name, [function], MetricArguments.Thresholds(), new Argument("top_k", ArgumentType.OptionalInt, null, Check: v => v is null or >= 1L ? null : "a positive integer"), Argument.OptionalInt("class_id")),
        c => Meaning(c, Thresholds.Given(c.Config.Values["thresholds"], c.Config.OptionalInt("top_k") is null ? 0.5 : Thresholds.BelowAll), function, severalResults: true, c.Config.OptionalInt("top_k"), c.Config.OptionalInt("class_id"))) { Direction = MetricDirection.Up };

    private static MetricDefinition Best(string name, string given, string function) => new(
        MetricArguments.Class(name, [function], MetricArguments.RequiredShare(given), Argument.Int("num_thresholds", 200, 1), Argument.OptionalInt("class_id")),
        c => Meaning(c, Thresholds.Spaced(c.Config.Int("num_thresholds")), function, severalResults: false, null, c.Config.OptionalInt("class_id"), Operand.Double(c.Config.Double(given)))) { Direction = MetricDirection.Up };

    private static StateMetric Meaning(ValueContext context, Thresholds thresholds, string result, bool severalResults, int? topK, int? classId, params IReadOnlyList<Operand> resultConstants)
    {
        MetricArguments.RequireSameCells(context);
        int k = MetricArguments.LastAxisSize(context.Prediction);
        return new StateMetric
        {
            File = File,
            UpdateName = thresholds.UpdateName,
            ResultName = result,
            UpdateConstants = [Operand.Int(k), Operand.Int(topK ?? 0), Operand.Int(classId is { } id ? (id < 0 ? id + k : id) + 1 : 0), .. thresholds.Operands],
            ResultConstants = resultConstants,
            Rows = thresholds.Count,
            Columns = 4,
            Positions = context.Prediction.Elements / k,
            Size = severalResults ? thresholds.Count : 1,
        };
    }
}
