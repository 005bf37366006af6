using System.Collections.Immutable;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Lowering;

/// <summary>Order in which the cells of a row of a tensor lie.</summary>
internal enum TensorLayout
{
    /// <summary>Keras's own order of axes.</summary>
    Keras,

    /// <summary>The last axis (channels) first: (H, W, C) lies as C, H, W.</summary>
    ChannelsFirst,
}

/// <summary>A tensor of the lowered graph: a matrix N x (product of the shape).</summary>
/// <param name="Spec">Element type and shape in Keras's order.</param>
/// <param name="Layout">How the cells of a row lie.</param>
/// <param name="Name">Variable of the script; empty until names are assigned.</param>
internal sealed record LoweredTensor(TensorSpec Spec, TensorLayout Layout = TensorLayout.Keras, string Name = "");

/// <summary>A penalty on a tensor that counts to the loss (activity_regularizer).</summary>
/// <param name="Tensor">Index of the tensor.</param>
/// <param name="Regularizer">The regularizer as configured.</param>
internal sealed record ActivityPenalty(int Tensor, KerasObject Regularizer);

/// <summary>One step of the lowered graph: a pair of library functions applied to tensors.</summary>
internal sealed record LoweredNode
{
    /// <summary>The call of the network that this step comes from.</summary>
    public required Node Source { get; init; }

    /// <summary>The layer with its variables; for a step of an expansion the simpler layer, with the variables of the whole.</summary>
    public required LayerUse Use { get; init; }

    /// <summary>What the step does, for comments: <c>Dense hidden</c>.</summary>
    public required string Title { get; init; }

    /// <summary>What the step computes; null until layers are expanded.</summary>
    public FunctionPair? Functions { get; init; }

    /// <summary>Indices of the input tensors; explicit initial states follow the inputs.</summary>
    public required ImmutableArray<int> Inputs { get; init; }

    /// <summary>How many of <see cref="Inputs"/> are initial states.</summary>
    public int InitialStates { get; init; }

    /// <summary>Indices of the output tensors.</summary>
    public required ImmutableArray<int> Outputs { get; init; }

    /// <summary>The mask of the first input, or null.</summary>
    public int? Mask { get; init; }

    /// <summary>The masks that the inputs carry, null entries for none; empty until masks are made explicit.</summary>
    public ImmutableArray<int?> InputMasks { get; init; } = [];

    /// <summary>The mask that the step makes (<see cref="Result.Mask"/>), or null.</summary>
    public int? MadeMask { get; init; }

    /// <summary>The <c>training</c> argument of the call when it is a constant.</summary>
    public bool? Training { get; init; }

    /// <summary>Stem of the names of caches and gradients; empty until names are assigned.</summary>
    public string Name { get; init; } = "";
}

/// <summary>An output of the model in the lowered graph.</summary>
/// <param name="Source">The model's output.</param>
/// <param name="Tensor">Index of the tensor, in Keras's layout.</param>
/// <param name="Mask">Index of its mask, or null.</param>
/// <param name="Logits">When softmax or sigmoid made the output: the tensor before it, which crossentropy losses take instead.</param>
internal sealed record LoweredOutput(ModelOutput Source, int Tensor, int? Mask = null, int? Logits = null);

/// <summary>A variable of the model in the script.</summary>
/// <param name="Parameter">The variable.</param>
/// <param name="Layer">The layer that owns it.</param>
/// <param name="Name">Variable of the script and name of its file.</param>
internal sealed record LoweredParameter(ModelParameter Parameter, LayerUse Layer, string Name = "")
{
    /// <summary>True when the optimizer changes it.</summary>
    public bool IsTrainable => Parameter.Spec.Trainable && Layer.Trainable;
}

/// <summary>The network as a straight list of steps, ready to be written as a script.</summary>
internal sealed record LoweredNetwork
{
    public required NetworkModel Model { get; init; }

    public required ImmutableArray<LoweredTensor> Tensors { get; init; }

    public required ImmutableArray<LoweredNode> Nodes { get; init; }

    /// <summary>Tensors of the model's inputs, in order.</summary>
    public required ImmutableArray<int> Inputs { get; init; }

    public required ImmutableArray<LoweredOutput> Outputs { get; init; }

    public required ImmutableArray<LoweredParameter> Parameters { get; init; }

    public ImmutableArray<ActivityPenalty> Penalties { get; init; } = [];

    /// <summary>The mask that each tensor carries; filled when masks are made explicit.</summary>
    public ImmutableDictionary<int, int> Masks { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>The lowered variable of a layer by <see cref="ParameterSpec.Name"/>.</summary>
    public LoweredParameter? FindParameter(LayerUse use, string name) =>
        use.Parameters.FirstOrDefault(p => p.Spec.Name == name) is { } parameter ? Parameters.First(p => ReferenceEquals(p.Parameter, parameter)) : null;

    /// <summary>Replaces a tensor by another one wherever it is used.</summary>
    public LoweredNetwork Redirect(IReadOnlyDictionary<int, int> replacements)
    {
        if (replacements.Count == 0)
        {
            return this;
        }

        int To(int tensor)
        {
            while (replacements.TryGetValue(tensor, out int next))
            {
                tensor = next;
            }

            return tensor;
        }

        int? ToMask(int? tensor) => tensor is { } t ? To(t) : null;
        return this with
        {
            Nodes = [.. Nodes.Select(n => n with { Inputs = [.. n.Inputs.Select(To)], Mask = ToMask(n.Mask), InputMasks = [.. n.InputMasks.Select(ToMask)] })],
            Outputs = [.. Outputs.Select(o => o with { Tensor = To(o.Tensor), Mask = ToMask(o.Mask), Logits = ToMask(o.Logits) })],
            Penalties = [.. Penalties.Select(p => p with { Tensor = To(p.Tensor) })],
            Masks = Masks.ToImmutableDictionary(m => To(m.Key), m => To(m.Value)),
        };
    }
}
