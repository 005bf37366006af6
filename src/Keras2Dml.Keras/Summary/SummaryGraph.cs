using Keras2Dml.Keras.Graph;

namespace Keras2Dml.Keras.Summary;

/// <summary>Tells whether a model is a plain chain of layers, which a summary shows without connections.</summary>
internal static class SummaryGraph
{
    /// <summary>True for Sequential models, and for functional ones where every call has one input, no two stand side by side and no layer is called twice.</summary>
    public static bool IsChain(ModelConfig model)
    {
        if (model.IsSequential)
        {
            return true;
        }

        var taken = new HashSet<(string, int)>();
        return model.Inputs.Count == 1 && model.Outputs.Count == 1 && model.Layers.TrueForAll(l =>
            l.Calls.Count == (l.IsInput ? 0 : 1) && l.Calls.TrueForAll(c => c.Tensors.Count() == 1 && taken.Add((c.Tensors.First().Layer, c.Tensors.First().Call))));
    }
}
