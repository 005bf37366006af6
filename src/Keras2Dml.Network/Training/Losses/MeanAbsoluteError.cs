using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of absolute differences. Keras: keras.losses.MeanAbsoluteError.</summary>
internal static class MeanAbsoluteError
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/mean_absolute_error", c));
}
