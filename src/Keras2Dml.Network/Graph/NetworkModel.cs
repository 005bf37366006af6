using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Network.Graph;

/// <summary>An output of a node.</summary>
internal readonly record struct TensorReference(int Node, int Output = 0);

/// <summary>One application of a layer. Nodes of a <see cref="NetworkModel"/> are in topological order and flat (nested models are inlined).</summary>
internal sealed record Node
{
    /// <summary>Position in <see cref="NetworkModel.Nodes"/>.</summary>
    public required int Id { get; init; }

    /// <summary>The layer; two nodes may share one (shared weights).</summary>
    public required LayerUse Layer { get; init; }

    public required IReadOnlyList<TensorReference> Inputs { get; init; }

    /// <summary>Explicit keyword tensors of the call: <c>mask</c>, <c>initial_state</c> (several), by name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TensorReference>> KeywordInputs { get; init; } = new Dictionary<string, IReadOnlyList<TensorReference>>();

    /// <summary>Keyword constants of the call, such as <c>training</c>: bool, double, long, string or null.</summary>
    public IReadOnlyDictionary<string, object?> KeywordConstants { get; init; } = new Dictionary<string, object?>();

    /// <summary>Mask (N x T of 0/1) that each output carries implicitly, filled by mask propagation; null entries for none.</summary>
    public IReadOnlyList<TensorReference?> OutputMasks { get; init; } = [];

    public required IReadOnlyList<TensorSpec> Outputs { get; init; }
}

/// <summary>A layer in a model, with its path and its variables' values.</summary>
internal sealed class LayerUse(string path, Layer layer)
{
    /// <summary>Names from the top model down, joined by <c>/</c>: <c>encoder/dense</c>. Unique.</summary>
    public string Path { get; } = path;

    public Layer Layer { get; } = layer;

    /// <summary>False when the layer or a model around it is frozen.</summary>
    public bool Trainable { get; init; } = true;

    /// <summary>The variables in Keras's order (weights of the layer), after its first call told the input shapes.</summary>
    public IReadOnlyList<ModelParameter> Parameters { get; set; } = [];
}

/// <summary>A variable of a model with its current value in Keras's order.</summary>
internal sealed class ModelParameter(ParameterSpec spec, string path)
{
    public ParameterSpec Spec { get; } = spec;

    /// <summary>Keras's variable path in the loaded model: layer path, then <see cref="ParameterSpec.Name"/>.</summary>
    public string Path { get; } = path;

    /// <summary>Value in Keras's order; null until loaded or initialised. What no file holds (states, LoRA factors) starts at zero; random generators start at their seed.</summary>
    public Tensor? Value { get; set; } = spec.Stored || spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal) ? null : Tensor.Zeros(spec.Type, [.. spec.Shape]);
}

/// <summary>An input of the model.</summary>
/// <param name="Name">Keras's name.</param>
/// <param name="Key">Key in a dictionary of inputs, otherwise null.</param>
/// <param name="Tensor">The InputLayer node's output.</param>
internal sealed record ModelInput(string Name, string? Key, TensorReference Tensor);

/// <summary>An output of the model.</summary>
/// <param name="Name">Keras's output name (name of the producing layer).</param>
/// <param name="Key">Key in a dictionary of outputs, otherwise null.</param>
/// <param name="Tensor">The tensor.</param>
internal sealed record ModelOutput(string Name, string? Key, TensorReference Tensor);

/// <summary>The network graph: nodes in topological order, inputs, outputs, layers with their variables, and how the model was compiled.</summary>
internal sealed record NetworkModel
{
    public required string Name { get; init; }

    /// <summary>Keras class: Sequential, Functional, Model.</summary>
    public required string ClassName { get; init; }

    public required IReadOnlyList<Node> Nodes { get; init; }

    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    public required IReadOnlyList<ModelOutput> Outputs { get; init; }

    /// <summary>Every layer once, in Keras's order.</summary>
    public required IReadOnlyList<LayerUse> Layers { get; init; }

    /// <summary>Loss, optimizer and metrics as compiled; null for an uncompiled model.</summary>
    public TrainingSpec? Training { get; init; }

    /// <summary>Why <see cref="Training"/> is null although the model was compiled: what is not supported. To be reported when it is trained.</summary>
    public IReadOnlyList<Problem> TrainingProblems { get; init; } = [];

    /// <summary>All variables in Keras's order, shared ones once.</summary>
    public IEnumerable<ModelParameter> Parameters => Layers.SelectMany(l => l.Parameters);

    public TensorSpec this[TensorReference tensor] => Nodes[tensor.Node].Outputs[tensor.Output];
}
