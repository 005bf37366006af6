using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of squared differences. Keras: keras.losses.MeanSquaredError.</summary>
internal static class MeanSquaredError
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "MeanSquaredError", ["mean_squared_error", "mse", "MSE"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/mean_squared_error", c));
}
