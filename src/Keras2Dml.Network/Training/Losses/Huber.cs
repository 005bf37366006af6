using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Squared differences up to delta, linear beyond, mean over the last axis. Keras: keras.losses.Huber.</summary>
internal static class Huber
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Huber", ["huber"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Double("delta", 1),
        ]),
        c => LastAxis.Mean("losses/huber", c, Operand.Double(c.Config.Double("delta"))));
}
