using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>(1 - p^q) / q of the target class's probability. Keras: keras.losses.CategoricalGeneralizedCrossEntropy.</summary>
internal static class CategoricalGeneralizedCrossEntropy
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CategoricalGeneralizedCrossEntropy", ["categorical_generalized_cross_entropy"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Double("q", 0.5),
        ]),
        c => LastAxis.Mean("losses/categorical_generalized_crossentropy", c, Operand.Double(c.Config.Double("q"))), SparseTarget: true);
}
