using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Graph;

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
