using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>Checks targets before a script runs, so that the message names rows and classes.</summary>
internal static class TargetCheck
{
    /// <summary>Class numbers must be in range.</summary>
    public static Tensor Check(Tensor target, KerasModel model, TrainingSpec training, int output)
    {
        if (training.Losses[output] is not { } loss)
        {
            return target;
        }

        IReadOnlyList<int?> shape = model.Outputs[output].Shape;
        bool sparse = loss.ClassName.Contains("sparse", StringComparison.OrdinalIgnoreCase);
        int width = target.Length / Math.Max(1, target.Shape[0]);
        if (sparse && shape.Count > 0 && shape[^1] is { } classes)
        {
            double? ignored = loss.Class.Find("ignore_class") is null ? null : loss.OptionalDouble("ignore_class");
            for (int i = 0; i < target.Length; i++)
            {
                double label = target.GetDouble(i);
                if (label != ignored && !(label >= 0 && label < classes && label == Math.Floor(label)))
                {
                    throw DataErrors.LabelRange.At("target of " + model.Outputs[output].Name, classes - 1, classes, label, i / Math.Max(1, width) + 1);
                }
            }
        }

        return target;
    }
}
