using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Kullback-Leibler divergence over the last axis. Keras: keras.losses.KLDivergence.</summary>
internal static class KLDivergence
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "KLDivergence", ["kl_divergence", "kld", "KLD", "kullback_leibler_divergence"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/kl_divergence", c));
}
