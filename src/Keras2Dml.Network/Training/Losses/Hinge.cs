using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of max(1 - y * pred, 0). Keras: keras.losses.Hinge.</summary>
internal static class Hinge
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Hinge", ["hinge"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/hinge", c));
}
