using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of max(1 - y * pred, 0)^2. Keras: keras.losses.SquaredHinge.</summary>
internal static class SquaredHinge
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "SquaredHinge", ["squared_hinge"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/squared_hinge", c));
}
