using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Binary crossentropy that weighs easy cells less (Lin et al., 2018). Keras: keras.losses.BinaryFocalCrossentropy.</summary>
internal static class BinaryFocalCrossentropy
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "BinaryFocalCrossentropy", ["binary_focal_crossentropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Bool("apply_class_balancing", false),
            Argument.Double("alpha", 0.25),
            Argument.Double("gamma", 2),
            Argument.Bool("from_logits", false),
            Argument.Double("label_smoothing", 0, 0, 1),
            Argument.Int("axis", -1),
        ]),
        Values, TakesLogits: true);

    private static ValueFunction Values(ValueContext context)
    {
        KerasObject c = context.Config;
        return LastAxis.Over("losses/binary_focal_crossentropy", context, [c.Int("axis")],
            Operand.Double(c.Double("alpha")), Operand.Double(c.Double("gamma")), Operand.Double(c.Double("label_smoothing")), Operand.Bool(c.Bool("apply_class_balancing")),
            Operand.Bool(context.HasLogits || c.Bool("from_logits")), Operand.Bool(context.HasLogits));
    }
}
