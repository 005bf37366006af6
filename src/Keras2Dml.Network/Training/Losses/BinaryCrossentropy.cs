using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Crossentropy of independent probabilities, mean over an axis. Keras: keras.losses.BinaryCrossentropy.</summary>
internal static class BinaryCrossentropy
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"],
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
            context.HasLogits || context.Config.Bool("from_logits") ? "losses/binary_crossentropy_logits" : "losses/binary_crossentropy",
            context, [context.Config.Values.ContainsKey("axis") ? context.Config.Int("axis") : -1], Operand.Double(context.Config.Double("label_smoothing")));
}
