using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Intersection over union of classes. Keras: keras.metrics.IoU and its kin (keras/src/metrics/iou_metrics.py).</summary>
internal static class IntersectionOverUnion
{
    // Keras's default data type of these metrics is an integer one, to which it casts sample weights too.
    private static readonly string[] FractionTypes = ["float16", "bfloat16", "float32", "float64", "float"];

    public static MetricDefinition IoU { get; } = new(
        MetricArguments.Class("IoU", ["io_u"], [Argument.RequiredInt("num_classes"), TargetClasses(null), .. Common, .. SparseArguments]),
        c => Meaning(c, c.Config.Int("num_classes"), c.Config.Ints("target_class_ids"), c.Config.Bool("sparse_y_true"), c.Config.Bool("sparse_y_pred"), c.Config.Int("axis"), c.Config.OptionalInt("ignore_class"))) { Direction = MetricDirection.Up };

    public static MetricDefinition MeanIoU { get; } = new(
        MetricArguments.Class("MeanIoU", ["mean_io_u"], [Argument.RequiredInt("num_classes"), .. Common, .. SparseArguments]),
        c => Meaning(c, c.Config.Int("num_classes"), null, c.Config.Bool("sparse_y_true"), c.Config.Bool("sparse_y_pred"), c.Config.Int("axis"), c.Config.OptionalInt("ignore_class"))) { Direction = MetricDirection.Up };

    public static MetricDefinition OneHotIoU { get; } = new(
        MetricArguments.Class("OneHotIoU", ["one_hot_io_u"], [Argument.RequiredInt("num_classes"), TargetClasses(null), .. Common, Argument.Bool("sparse_y_pred", false)]),
        c => Meaning(c, c.Config.Int("num_classes"), c.Config.Ints("target_class_ids"), false, c.Config.Bool("sparse_y_pred"), c.Config.Int("axis"), c.Config.OptionalInt("ignore_class"))) { Direction = MetricDirection.Up };

    public static MetricDefinition OneHotMeanIoU { get; } = new(
        MetricArguments.Class("OneHotMeanIoU", ["one_hot_mean_io_u"], [Argument.RequiredInt("num_classes"), .. Common, Argument.Bool("sparse_y_pred", false)]),
        c => Meaning(c, c.Config.Int("num_classes"), null, false, c.Config.Bool("sparse_y_pred"), c.Config.Int("axis"), c.Config.OptionalInt("ignore_class"))) { Direction = MetricDirection.Up };

    /// <summary>Predictions of at least the threshold are class 1.</summary>
    public static MetricDefinition BinaryIoU { get; } = new(
        MetricArguments.Class("BinaryIoU", ["binary_io_u"], TargetClasses([0L, 1L]), Argument.Double("threshold", 0.5)),
        c => Meaning(c, 2, c.Config.Ints("target_class_ids"), true, true, -1, null) with
        {
            UpdateName = "update_binary",
            UpdateConstants = [Operand.Double(c.Config.Double("threshold")), Operand.Bool(CastsWeights(c.Config))],
        }) { Direction = MetricDirection.Up };

    private static IReadOnlyList<Argument> Common => [Argument.OptionalInt("ignore_class"), Argument.Int("axis", -1)];

    private static IReadOnlyList<Argument> SparseArguments => [Argument.Bool("sparse_y_true", true), Argument.Bool("sparse_y_pred", true)];

    private static Argument TargetClasses(object?[]? @default) =>
        new("target_class_ids", ArgumentType.IntTuple, @default, @default is null, v => v is object?[] a && Array.TrueForAll(a, e => e is >= 0L) ? null : "class numbers from 0");

    private static bool CastsWeights(KerasObject config) => !FractionTypes.Contains(config.Values["dtype"] as string);

    private static StateMetric Meaning(ValueContext context, int classes, int[]? counted, bool sparseTarget, bool sparsePrediction, int axis, int? ignored)
    {
        KerasObject c = context.Config;
        if (counted is not null && Array.Exists(counted, id => id >= classes))
        {
            throw TrainingErrors.OptionRange.With("target_class_ids of " + c.ClassName, $"class numbers below num_classes ({classes})", string.Join(", ", counted));
        }

        // The axis of scores, which gives way to the class number: Keras takes it from the tensor with the batch axis.
        (int size, AxisToLast? order) = sparsePrediction && sparseTarget ? (1, null) : Scores(context, sparsePrediction ? context.Target : context.Prediction, axis);
        int targets = context.Target.Elements / (sparseTarget ? 1 : size);
        if (targets != context.Prediction.Elements / (sparsePrediction ? 1 : size))
        {
            throw TrainingErrors.LossTarget.With(c.ClassName, $"one class for each position of the predictions, {context.Prediction}", context.Target);
        }

        double[] share = [.. Enumerable.Range(0, classes).Select(i => counted is null ? 1.0 : counted.Count(id => id == i))];
        return new StateMetric
        {
            File = "metrics/iou",
            UpdateConstants =
            [
                Operand.Int(sparsePrediction ? 1 : size), Operand.Int(sparseTarget ? 1 : size), Operand.Bool(ignored is not null), Operand.Double(ignored ?? 0), Operand.Bool(CastsWeights(c)),
            ],
            ResultConstants = [Operand.Row(share)],
            Rows = classes,
            Columns = classes,
            Positions = targets,
            PredictionAxis = sparsePrediction ? null : order,
            TargetAxis = sparseTarget ? null : order,
        };
    }

    private static (int Size, AxisToLast? Order) Scores(ValueContext context, Shape shape, int axis)
    {
        ValueFunction function = LastAxis.Over("metrics/iou", context with { Prediction = shape }, [axis]);
        return (shape.Elements / function.Positions, function.Axis);
    }
}
