using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Mean over the last axis of squared differences of logarithms. Keras: keras.losses.MeanSquaredLogarithmicError.</summary>
internal static class MeanSquaredLogarithmicError
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "MeanSquaredLogarithmicError", ["mean_squared_logarithmic_error", "msle", "MSLE"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/mean_squared_logarithmic_error", c));
}
