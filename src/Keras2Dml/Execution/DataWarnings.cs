namespace Keras2Dml.Execution;

/// <summary>Warnings about data that spoil training.</summary>
internal static class DataWarnings
{
    /// <summary>Reports the first NaN or infinity of each array with row and column.</summary>
    public static void Report(KerasModel model, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, Action<string> warn)
    {
        for (int i = 0; i < inputs.Count; i++)
        {
            Report($"input {model.Inputs[i].Name}", inputs[i], warn);
        }

        for (int i = 0; i < targets.Count; i++)
        {
            Report($"target of {model.Outputs[i].Name}", targets[i], warn);
        }
    }

    private static void Report(string name, Tensor tensor, Action<string> warn)
    {
        if (tensor.ElementType is not (ElementType.Float32 or ElementType.Float64))
        {
            return;
        }

        int columns = tensor.Length / Math.Max(1, tensor.Shape[0]);
        int first = -1;
        int count = 0;
        for (int i = 0; i < tensor.Length; i++)
        {
            if (!double.IsFinite(tensor.GetDouble(i)))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        if (count > 0)
        {
            string kind = double.IsNaN(tensor.GetDouble(first)) ? "NaN" : "infinity";
            warn($"Warning: {name} holds {count} value{(count == 1 ? string.Empty : "s")} that are not finite, the first ({kind}) in row {first / columns + 1}, column {first % columns + 1}. Losses may become NaN.");
        }
    }
}
