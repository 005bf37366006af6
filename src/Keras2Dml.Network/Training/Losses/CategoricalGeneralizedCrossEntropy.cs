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
        Values, SparseTarget: true);

    // Keras does not drop a last axis of size 1: such targets meet every prediction of the batch (keras/src/losses/losses.py, categorical_generalized_cross_entropy).
    private static ValueFunction Values(ValueContext context)
    {
        ValueFunction function = LastAxis.Mean("losses/categorical_generalized_crossentropy", context, Operand.Double(context.Config.Double("q"))) with { TargetHasAxis = false };
        if (context.Target.Rank < context.Prediction.Rank)
        {
            return function;
        }

        return context.Prediction.Rank == 1 && context.Target.Elements == 1
            ? function with { ForwardName = "forward_pairs", BackwardName = "backward_pairs", IsPairwise = true }
            : throw TrainingErrors.LossTarget.With(context.Config.ClassName, "class numbers without an axis of their own", context.Target);
    }
}
