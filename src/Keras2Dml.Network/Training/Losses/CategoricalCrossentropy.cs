using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Crossentropy of class probabilities with one-hot (or soft) targets. Keras: keras.losses.CategoricalCrossentropy; Caffe: SoftmaxWithLoss.</summary>
internal static class CategoricalCrossentropy
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CategoricalCrossentropy", ["categorical_crossentropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Bool("from_logits", false),
            Argument.Double("label_smoothing", 0, 0, 1),
            Argument.Int("axis", -1),
        ]),
        Values, TakesLogits: true);

    /// <summary>The function: on logits or on probabilities.</summary>
    public static ValueFunction Values(ValueContext context) =>
        LastAxis.Over(
            context.HasLogits || context.Config.Bool("from_logits") ? "losses/categorical_crossentropy_logits" : "losses/categorical_crossentropy",
            context, [context.Config.Int("axis")], Operand.Double(context.Config.Double("label_smoothing")), LastAxis.Size(context));
}
