using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Graph;

/// <summary>One application of a layer: arguments of its call.</summary>
internal sealed record LayerCall(IReadOnlyList<CallArgument> Positional, IReadOnlyList<KeyValuePair<string, CallArgument>> Keywords)
{
    /// <summary>Every tensor of the call, keyword ones last in the order of their names, as Keras flattens arguments.</summary>
    public IEnumerable<ModelTensor> Tensors => Positional.Concat(Keywords.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value)).SelectMany(a => a.Tensors);

    /// <summary>Shapes of the outputs, filled when the graph is built; of a model that is called several times those of its first call.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; set; } = [];
}
