using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of absolute differences in percent of the target. Keras: keras.losses.MeanAbsolutePercentageError.</summary>
internal static class MeanAbsolutePercentageError
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "MeanAbsolutePercentageError", ["mean_absolute_percentage_error", "mape", "MAPE"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/mean_absolute_percentage_error", c));
}
