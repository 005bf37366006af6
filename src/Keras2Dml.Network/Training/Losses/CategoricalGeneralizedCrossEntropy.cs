using Keras2Dml.Core.Errors;
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
        c => c.Target.Rank < c.Prediction.Rank
            ? LastAxis.Mean("losses/categorical_generalized_crossentropy", c, Operand.Double(c.Config.Double("q"))) with { TargetHasAxis = false }
            : throw TrainingErrors.LossTarget.With(c.Config.ClassName, "class numbers without an axis of their own (Keras would compare every target with every prediction)", c.Target),
        SparseTarget: true);
}
