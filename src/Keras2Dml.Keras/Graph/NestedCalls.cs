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
        Dictionary<string, ConfiguredLayer> nested = model.Layers.Where(l => l.Model is not null).ToDictionary(l => l.Name, StringComparer.Ordinal);
        IEnumerable<ModelTensor> used = model.Layers.SelectMany(l => l.Calls).SelectMany(c => c.Tensors).Concat(model.Outputs);
        HashSet<string> shifted =
        [
            .. used.Where(t => nested.ContainsKey(t.Layer)).GroupBy(t => t.Layer)
                .Where(g => g.Max(t => t.Call) == nested[g.Key].Calls.Count && g.Min(t => t.Call) > 0).Select(g => g.Key),
        ];
        if (shifted.Count == 0)
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

        ModelTensor Shift(ModelTensor tensor) => shifted.Contains(tensor.Layer) ? tensor with { Call = tensor.Call - 1 } : tensor;
    }
}
