using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Area under a curve of decisions at many thresholds. Keras: keras.metrics.AUC.</summary>
internal static class AreaUnderCurve
{
    /// <summary>Declaration and meaning.</summary>
    public static MetricDefinition Definition { get; } = new(
        MetricArguments.Class("AUC", ["auc"],
            Argument.Int("num_thresholds", 200, 2),
            Argument.Text("curve", "ROC", "ROC", "roc", "PR", "pr", "PRGAIN", "prgain"),
            Argument.Text("summation_method", "interpolation", "interpolation", "Interpolation", "minoring", "Minoring", "majoring", "Majoring"),
            MetricArguments.Thresholds(),
            Argument.Bool("multi_label", false),
            Argument.OptionalInt("num_labels"),
            MetricArguments.Weights("label_weights"),
            Argument.Bool("from_logits", false)),
        Meaning) { Direction = MetricDirection.Up };

    private static StateMetric Meaning(ValueContext context)
    {
        KerasObject c = context.Config;
        MetricArguments.RequireSameCells(context);
        int k = MetricArguments.LastAxisSize(context.Prediction);
        bool multiLabel = c.Bool("multi_label");
        if (multiLabel)
        {
            MetricArguments.RequireOneAxis(context);
        }

        IReadOnlyList<double>? weights = MetricArguments.Numbers(c.Values["label_weights"]);
        if (weights is not null && weights.Count != k)
        {
            throw TrainingErrors.OptionRange.With("label_weights of AUC", $"{k} numbers, one for each label", weights.Count);
        }

        Operand labelWeights = weights is null ? MetricArguments.Ones(k) : Operand.Row(weights);
        var thresholds = Thresholds.OfCurve(c.Values["thresholds"], c.Int("num_thresholds"));
        return new StateMetric
        {
            File = "metrics/auc",
            UpdateName = thresholds.UpdateName,
            UpdateConstants = [multiLabel ? MetricArguments.Ones(k) : labelWeights, Operand.Bool(multiLabel), Operand.Bool(c.Bool("from_logits")), .. thresholds.Operands],
            ResultConstants = [Operand.String(c.String("curve").ToUpperInvariant()), Operand.String(c.String("summation_method").ToLowerInvariant()), multiLabel ? labelWeights : MetricArguments.Ones(1)],
            Rows = thresholds.Count,
            Columns = multiLabel ? 4 * k : 4,
            Positions = context.Prediction.Elements / k,
        };
    }
}
