using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of pred - y * log(pred). Keras: keras.losses.Poisson.</summary>
internal static class Poisson
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Poisson", ["poisson"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/poisson", c));
}
