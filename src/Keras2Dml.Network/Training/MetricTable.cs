using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training.Metrics;

namespace Keras2Dml.Network.Training;

/// <summary>Every metric, one line each, and the names that mean one of several metrics.</summary>
internal static class MetricTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        AccuracyMetrics.Accuracy,
        AccuracyMetrics.BinaryAccuracy,
        AccuracyMetrics.CategoricalAccuracy,
        AccuracyMetrics.SparseCategoricalAccuracy,
        AccuracyMetrics.TopKCategoricalAccuracy,
        AccuracyMetrics.SparseTopKCategoricalAccuracy,
        LossMetrics.MeanSquaredError,
        LossMetrics.RootMeanSquaredError,
        LossMetrics.MeanAbsoluteError,
        LossMetrics.BinaryCrossentropy,
        LossMetrics.CategoricalCrossentropy,
        LossMetrics.SparseCategoricalCrossentropy,
        LossMetrics.MeanAbsolutePercentageError,
        LossMetrics.MeanSquaredLogarithmicError,
        LossMetrics.LogCoshError,
        LossMetrics.Hinge,
        LossMetrics.SquaredHinge,
        LossMetrics.CategoricalHinge,
        LossMetrics.KLDivergence,
        LossMetrics.Poisson,
        LossMetrics.CosineSimilarity,
        ConfusionMetrics.TruePositives,
        ConfusionMetrics.TrueNegatives,
        ConfusionMetrics.FalsePositives,
        ConfusionMetrics.FalseNegatives,
        ConfusionMetrics.Precision,
        ConfusionMetrics.Recall,
        ConfusionMetrics.SensitivityAtSpecificity,
        ConfusionMetrics.SpecificityAtSensitivity,
        ConfusionMetrics.PrecisionAtRecall,
        ConfusionMetrics.RecallAtPrecision,
        AreaUnderCurve.Definition,
        FScores.FBetaScore,
        FScores.F1Score,
        R2Score.Definition,
        CorrelationMetrics.PearsonCorrelation,
        CorrelationMetrics.ConcordanceCorrelation,
        IntersectionOverUnion.IoU,
        IntersectionOverUnion.MeanIoU,
        IntersectionOverUnion.OneHotIoU,
        IntersectionOverUnion.OneHotMeanIoU,
        IntersectionOverUnion.BinaryIoU,
        ValueMetrics.Mean,
        ValueMetrics.Sum,
    ];

    /// <summary>The names <c>accuracy</c> and <c>crossentropy</c> in a compile call: what they mean depends on shapes, see <see cref="Resolve"/>.</summary>
    public static IReadOnlyList<KerasClass> ByShape { get; } =
    [
        new(ObjectKind.Metric, "accuracy", ["acc"], MetricDefinition.CommonArguments),
        new(ObjectKind.Metric, "crossentropy", ["ce"], MetricDefinition.CommonArguments),
    ];

    public static MetricDefinition Find(KerasObject metric) => All.First(d => d.Class == metric.Class);

    /// <summary>
    /// The metric itself: for <c>accuracy</c> and <c>crossentropy</c> the binary, sparse or categorical one, by the shapes of prediction and target (without the batch axis)
    /// as Keras decides (keras/src/trainers/compile_utils.py, get_metric); other metrics as they are.
    /// </summary>
    public static KerasObject Resolve(KerasObject metric, Shape prediction, Shape target)
    {
        if (!ByShape.Contains(metric.Class))
        {
            return metric;
        }

        // Keras counts the batch axis: equal shapes with more than one column are categorical, one column is binary, other shapes are sparse.
        bool binary = prediction.Rank == 0 || prediction[-1] == 1;
        bool sparse = !binary && (target.Rank < prediction.Rank || (target[-1] == 1 && prediction[-1] > 1));
        bool accuracy = metric.Class == ByShape[0];
        MetricDefinition definition = (accuracy, binary, sparse) switch
        {
            (true, true, _) => AccuracyMetrics.BinaryAccuracy,
            (true, _, true) => AccuracyMetrics.SparseCategoricalAccuracy,
            (true, _, _) => AccuracyMetrics.CategoricalAccuracy,
            (false, true, _) => LossMetrics.BinaryCrossentropy,
            (false, _, true) => LossMetrics.SparseCategoricalCrossentropy,
            (false, _, _) => LossMetrics.CategoricalCrossentropy,
        };
        var values = definition.Class.Arguments.ToDictionary(a => a.Name, a => a.Default, StringComparer.Ordinal);
        values["name"] = metric.OptionalString("name") ?? metric.ClassName;
        return new KerasObject(definition.Class, values);
    }
}
