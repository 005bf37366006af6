namespace Keras2Dml.Keras.Graph;

/// <summary>
/// Numbers the calls of nested models from 0. Files of some versions count the nested model's own making as call 0, so that its calls start at 1
/// (keras-team/keras pull requests 19509 and 19669).
/// </summary>
internal static class NestedCalls
{
    /// <summary>Changes every reference to such a nested model.</summary>
    public static void Renumber(ModelConfig model)
    {
        Dictionary<string, int> calls = model.Layers.Where(l => l.Model is not null).ToDictionary(l => l.Name, l => l.Calls.Count, StringComparer.Ordinal);
        ModelTensor[] used = [.. model.Layers.SelectMany(l => l.Calls).SelectMany(c => c.Tensors).Concat(model.Outputs).Where(t => calls.ContainsKey(t.Layer))];
        HashSet<string> shifted = [.. used.GroupBy(t => t.Layer).Where(g => g.Max(t => t.Call) == calls[g.Key] && g.Min(t => t.Call) > 0).Select(g => g.Key)];
        if (!Array.Exists(used, t => t.Call >= calls[t.Layer]))
        {
            return;
        }

        foreach (ConfiguredLayer layer in model.Layers)
        {
            for (int i = 0; i < layer.Calls.Count; i++)
            {
                layer.Calls[i] = new LayerCall(
                    [.. layer.Calls[i].Positional.Select(a => a.With(Shift))],
                    [.. layer.Calls[i].Keywords.Select(k => KeyValuePair.Create(k.Key, k.Value.With(Shift)))]);
            }
        }

        for (int i = 0; i < model.Outputs.Count; i++)
        {
            model.Outputs[i] = Shift(model.Outputs[i]);
        }

        // Some files are off by one in the outputs only.
        ModelTensor Shift(ModelTensor tensor) =>
            shifted.Contains(tensor.Layer) || (calls.TryGetValue(tensor.Layer, out int count) && count > 0 && tensor.Call == count) ? tensor with { Call = tensor.Call - 1 } : tensor;
    }
}
