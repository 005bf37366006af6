using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Distances of embeddings within classes against those between classes, over all pairs of a batch (Sun et al., 2020). Keras: keras.losses.Circle.</summary>
internal static class Circle
{
    /// <summary>Declaration and meaning. Targets are class numbers; any numbers will do, they are only compared.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Circle", ["circle"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Double("gamma", 80),
            Argument.Double("margin", 0.4),
            Argument.Bool("remove_diagonal", true),
        ]),
        Values, SparseTarget: true) { HasFreeLabels = true };

    private static ValueFunction Values(ValueContext context)
    {
        if (context.Prediction.Rank != 1 || context.Target.Elements != 1)
        {
            throw TrainingErrors.LossTarget.With(context.Config.ClassName, $"one class number for each row, and predictions with one axis beside the batch axis (they are {context.Prediction})", context.Target);
        }

        KerasObject c = context.Config;
        return new ValueFunction
        {
            File = "losses/circle",
            Constants = [Operand.Double(c.Double("gamma")), Operand.Double(c.Double("margin")), Operand.Bool(c.Bool("remove_diagonal"))],
            Positions = 1,
            TargetHasAxis = false,
            SkipsZeros = true,
        };
    }
}
