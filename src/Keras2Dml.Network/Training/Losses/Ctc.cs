using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Connectionist temporal classification (Graves et al., 2006): labels in order, without their places. Keras: keras.losses.CTC.</summary>
internal static class Ctc
{
    /// <summary>Declaration and meaning. Predictions are logits by step; class 0 is the blank, and fills targets up.</summary>
    public static LossDefinition Definition { get; } = new(new KerasClass(ObjectKind.Loss, "CTC", ["ctc"], LossDefinition.CommonArguments), Values, SparseTarget: true);

    private static ValueFunction Values(ValueContext context) => context.Prediction.Rank == 2 && context.Target.Rank == 1
        ? new ValueFunction
        {
            File = "losses/ctc",
            Constants = [Operand.Int(context.Prediction[0]), Operand.Int(context.Prediction[1])],
            Positions = 1,
            TargetHasAxis = false,
        }
        : throw TrainingErrors.LossTarget.With(context.Config.ClassName, $"labels of shape (None, number of labels) and logits of shape (None, steps, classes) (they are {context.Prediction})", context.Target);
}
