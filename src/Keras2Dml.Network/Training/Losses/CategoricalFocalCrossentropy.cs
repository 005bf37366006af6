using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Training.Metrics;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Categorical crossentropy that weighs easy rows less (Lin et al., 2018). Keras: keras.losses.CategoricalFocalCrossentropy.</summary>
internal static class CategoricalFocalCrossentropy
{
    /// <summary>Declaration and meaning. Keras takes no logits here, even when the prediction carries them.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CategoricalFocalCrossentropy", ["categorical_focal_crossentropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Any("alpha", 0.25, check: v => MetricArguments.Numbers(v) is { Count: > 0 } ? null : "a number, or a list of one for each class"),
            Argument.Double("gamma", 2),
            Argument.Bool("from_logits", false),
            Argument.Double("label_smoothing", 0, 0, 1),
            Argument.Int("axis", -1),
        ]),
        Values);

    private static ValueFunction Values(ValueContext context)
    {
        KerasObject c = context.Config;
        int axis = c.Int("axis");
        ValueFunction function = LastAxis.Over("losses/categorical_focal_crossentropy", context, [axis]);
        IReadOnlyList<double> alpha = MetricArguments.Numbers(c.Values["alpha"])!;
        int classes = context.Prediction.Elements / function.Positions;
        if (alpha.Count > 1 && (function.Axis is not null || alpha.Count != classes))
        {
            throw TrainingErrors.OptionRange.With("alpha of CategoricalFocalCrossentropy", $"a number, or {classes} numbers for the classes on the last axis", string.Join(", ", alpha));
        }

        return function with
        {
            Constants =
            [
                .. function.Constants, alpha.Count == 1 ? Operand.Filled(alpha[0], 1, classes) : Operand.Row(alpha), Operand.Double(c.Double("gamma")), Operand.Double(c.Double("label_smoothing")), LastAxis.Size(context),
                Operand.Bool(c.Bool("from_logits")),
            ],
        };
    }
}
