using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Distance of the right class from the best wrong one, at least 1. Keras: keras.losses.CategoricalHinge.</summary>
internal static class CategoricalHinge
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CategoricalHinge", ["categorical_hinge"], LossDefinition.CommonArguments),
        c => LastAxis.Mean("losses/categorical_hinge", c));
}
