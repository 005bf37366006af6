using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Crossentropy of class probabilities with class numbers as targets. Keras: keras.losses.SparseCategoricalCrossentropy.</summary>
internal static class SparseCategoricalCrossentropy
{
    /// <summary>Declaration and meaning. Keras on TensorFlow takes only the last axis.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Bool("from_logits", false),
            Argument.OptionalInt("ignore_class"),
            Argument.Int("axis", -1),
        ]),
        Values, TakesLogits: true, SparseTarget: true);

    /// <summary>The function: on logits or on probabilities.</summary>
    public static ValueFunction Values(ValueContext context) =>
        LastAxis.Mean(
            context.HasLogits || context.Config.Bool("from_logits") ? "losses/sparse_categorical_crossentropy_logits" : "losses/sparse_categorical_crossentropy",
            context) with { TargetHasAxis = false, IgnoredLabel = context.Config.OptionalInt("ignore_class") };
}
