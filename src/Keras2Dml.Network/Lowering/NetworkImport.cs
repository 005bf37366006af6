using System.Collections.Immutable;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering;

/// <summary>The first form of the lowered graph: one step for each call of a layer.</summary>
internal static class NetworkImport
{
    /// <summary>Copies a network with known sizes.</summary>
    public static LoweredNetwork Import(NetworkModel model)
    {
        var tensors = ImmutableArray.CreateBuilder<LoweredTensor>();
        var index = new Dictionary<TensorReference, int>();
        foreach (Node node in model.Nodes)
        {
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                index[new TensorReference(node.Id, i)] = tensors.Count;
                tensors.Add(new LoweredTensor(node.Outputs[i]));
            }
        }

        HashSet<int> inputs = [.. model.Inputs.Select(i => i.Tensor.Node)];
        var nodes = ImmutableArray.CreateBuilder<LoweredNode>();
        foreach (Node node in model.Nodes)
        {
            if (inputs.Contains(node.Id))
            {
                continue;
            }

            int[] states = node.KeywordInputs.TryGetValue("initial_state", out IReadOnlyList<TensorReference>? initial) ? [.. initial.Select(t => index[t])] : [];
            nodes.Add(new LoweredNode
            {
                Source = node,
                Use = node.Layer,
                Title = node.Layer.Layer.ClassName + " " + node.Layer.Path,
                Inputs = [.. node.Inputs.Select(t => index[t]), .. states],
                InitialStates = states.Length,
                Outputs = [.. Enumerable.Range(0, node.Outputs.Count).Select(i => index[new TensorReference(node.Id, i)])],
                Mask = node.KeywordInputs.TryGetValue("mask", out IReadOnlyList<TensorReference>? masks) && masks.Count > 0 ? index[masks[0]] : null,
                Training = node.KeywordConstants.TryGetValue("training", out object? training) ? training as bool? : null,
            });
        }

        return new LoweredNetwork
        {
            Model = model,
            Tensors = tensors.ToImmutable(),
            Nodes = nodes.ToImmutable(),
            Inputs = [.. model.Inputs.Select(i => index[i.Tensor])],
            Outputs = [.. model.Outputs.Select(o => new LoweredOutput(o, index[o.Tensor]))],
            Parameters = [.. model.Layers.SelectMany(l => l.Parameters.Select(p => new LoweredParameter(p, l)))],
        };
    }
}
