using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Graph;

/// <summary>The tensors of one application of a model: what each call of its layers gave.</summary>
internal sealed class CallValues
{
    private readonly Dictionary<string, ConfiguredLayer> layers;
    private readonly Dictionary<(string Layer, int Call), TensorReference[]?> values = [];
    private readonly Dictionary<(string Layer, int Call, int Output), TensorReference> masks = [];

    public CallValues(ModelConfig model) => layers = model.Layers.ToDictionary(l => l.Name, StringComparer.Ordinal);

    /// <summary>Sets the tensor of an Input layer, and its mask when one is given.</summary>
    public void SetInput(ModelTensor input, TensorReference tensor, TensorReference? mask)
    {
        values[(input.Layer, input.Call)] = [tensor];
        if (mask is { } given)
        {
            masks[(input.Layer, input.Call, 0)] = given;
        }
    }

    /// <summary>Sets the outputs of a call; null when the call failed.</summary>
    public void Set(ConfiguredLayer layer, int call, TensorReference[]? outputs) =>
        values[(layer.Name, call)] = outputs;

    /// <summary>True when the call that makes a tensor has been made.</summary>
    public bool IsKnown(ModelTensor tensor) => values.TryGetValue((tensor.Layer, tensor.Call), out TensorReference[]? outputs) && (outputs is null || tensor.Output < outputs.Length);

    /// <summary>True when the model has the call that makes a tensor, known or not.</summary>
    public bool Exists(ModelTensor tensor) =>
        IsKnown(tensor) || (layers.TryGetValue(tensor.Layer, out ConfiguredLayer? layer) && !values.ContainsKey((tensor.Layer, tensor.Call)) && tensor.Call < layer.Calls.Count);

    /// <summary>The tensor; null when it is not known.</summary>
    public TensorReference? Find(ModelTensor tensor) =>
        values.TryGetValue((tensor.Layer, tensor.Call), out TensorReference[]? outputs) && outputs is not null && tensor.Output < outputs.Length ? outputs[tensor.Output] : null;

    /// <summary>The mask that the model was called with for a tensor that is one of its inputs.</summary>
    public TensorReference? MaskOf(ModelTensor tensor) => masks.TryGetValue((tensor.Layer, tensor.Call, tensor.Output), out TensorReference mask) ? mask : null;
}
