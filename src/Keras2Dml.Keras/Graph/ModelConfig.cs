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
