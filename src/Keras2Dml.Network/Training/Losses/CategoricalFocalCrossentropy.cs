using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Categorical crossentropy that weighs easy rows less (Lin et al., 2018). Keras: keras.losses.CategoricalFocalCrossentropy.</summary>
internal static class CategoricalFocalCrossentropy
{
    /// <summary>Declaration and meaning. Keras takes no logits here, even when the prediction carries them.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CategoricalFocalCrossentropy", ["categorical_focal_crossentropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Double("alpha", 0.25),
            Argument.Double("gamma", 2),
            Argument.Bool("from_logits", false),
            Argument.Double("label_smoothing", 0, 0, 1),
            Argument.Int("axis", -1),
        ]),
        c => LastAxis.Over("losses/categorical_focal_crossentropy", c, [c.Config.Int("axis")],
            Operand.Double(c.Config.Double("alpha")), Operand.Double(c.Config.Double("gamma")), Operand.Double(c.Config.Double("label_smoothing")),
            Operand.Bool(c.Config.Bool("from_logits"))));
}
