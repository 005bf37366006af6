using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of the logarithm of the hyperbolic cosine of the difference. Keras: keras.losses.LogCosh.</summary>
internal static class LogCosh
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "LogCosh", ["log_cosh", "logcosh"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/log_cosh", c));
}
