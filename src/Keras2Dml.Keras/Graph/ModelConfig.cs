using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Graph;

/// <summary>A model as its configuration tells it, before nested models are flattened: what file paths and summaries follow.</summary>
internal sealed class ModelConfig
{
    public required string Name { get; init; }

    /// <summary>Keras class: Sequential or Functional.</summary>
    public required string ClassName { get; init; }

    /// <summary>Names from the top model down to this one, each followed by <c>/</c>; empty for the top model.</summary>
    public required string Prefix { get; init; }

    public required bool Trainable { get; init; }

    /// <summary>The layers in the order of the file, operation nodes included.</summary>
    public List<ConfiguredLayer> Layers { get; } = [];

    /// <summary>Tensors that the model takes, in flattened order.</summary>
    public List<ModelTensor> Inputs { get; } = [];

    /// <summary>Tensors that the model gives, in flattened order.</summary>
    public List<ModelTensor> Outputs { get; } = [];

    public bool IsSequential => ClassName == "Sequential";

    /// <summary>Every layer with variables of its own, nested models entered where they stand, shared ones once.</summary>
    public IEnumerable<ConfiguredLayer> Leaves() => Layers.SelectMany(l => l.Model is null ? [l] : l.Model.Leaves());
}

/// <summary>A layer, operation or nested model in a model's configuration.</summary>
internal sealed class ConfiguredLayer
{
    public required string Name { get; init; }

    public required string ClassName { get; init; }

    /// <summary>True for operation nodes (<c>NotEqual</c>), which Keras does not count among a model's layers.</summary>
    public required bool IsOperation { get; init; }

    /// <summary>The layer; null for a nested model.</summary>
    public LayerUse? Use { get; init; }

    /// <summary>The nested model; null for a layer.</summary>
    public ModelConfig? Model { get; init; }

    /// <summary>Applications of the layer inside this model, by node index.</summary>
    public List<LayerCall> Calls { get; } = [];

    /// <summary>Shapes of the outputs of each call, filled while the graph is built; used by summaries.</summary>
    public List<IReadOnlyList<TensorSpec>> OutputSpecs { get; } = [];

    /// <summary>True for the input of a Sequential model that has no Input layer in its file.</summary>
    public bool IsImplied { get; init; }

    public bool IsInput => ClassName == "InputLayer";
}

/// <summary>One application of a layer: arguments of its call.</summary>
internal sealed record LayerCall(IReadOnlyList<CallArgument> Positional, IReadOnlyList<KeyValuePair<string, CallArgument>> Keywords)
{
    /// <summary>Every tensor of the call, keyword ones last in the order of their names, as Keras flattens arguments.</summary>
    public IEnumerable<ModelTensor> Tensors => Positional.Concat(Keywords.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => k.Value)).SelectMany(a => a.Tensors);
}

/// <summary>A tensor inside a model's configuration.</summary>
/// <param name="Layer">Name of the layer that makes it.</param>
/// <param name="Call">Index of the layer's call.</param>
/// <param name="Output">Index of the call's output.</param>
/// <param name="Key">Key in a dictionary of inputs or outputs, otherwise null.</param>
internal sealed record ModelTensor(string Layer, int Call, int Output, string? Key = null)
{
    /// <summary>The index of the call as the file has it, which may be one more for nested models (<see cref="NestedCalls"/>).</summary>
    public int ShownCall { get; init; } = Call;
}
