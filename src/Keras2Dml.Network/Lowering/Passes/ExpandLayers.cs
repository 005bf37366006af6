using System.Collections.Immutable;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Asks every layer what it computes: composite layers become simpler ones, identities vanish, activations get steps of their own.</summary>
internal static class ExpandLayers
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        var state = new Expander(network);
        foreach (LoweredNode node in network.Nodes)
        {
            state.Add(node);
        }

        return (network with { Tensors = state.Tensors.ToImmutable(), Nodes = state.Nodes.ToImmutable(), Penalties = [.. state.Penalties] }).Redirect(state.Replacements);
    }

    private sealed class Expander(LoweredNetwork network)
    {
        public ImmutableArray<LoweredTensor>.Builder Tensors { get; } = network.Tensors.ToBuilder();

        public ImmutableArray<LoweredNode>.Builder Nodes { get; } = ImmutableArray.CreateBuilder<LoweredNode>();

        public List<ActivityPenalty> Penalties { get; } = [];

        public Dictionary<int, int> Replacements { get; } = [];

        public void Add(LoweredNode node)
        {
            if (node.Functions is not null)
            {
                Nodes.Add(node);
                return;
            }

            Layer layer = node.Use.Layer;
            IReadOnlyList<TensorSpec> Specs(IEnumerable<int> tensors) => [.. tensors.Select(t => Tensors[t].Spec)];

            // The layer's own work gives a tensor of its own when an activation follows.
            LayerMeaning? activation = layer.OutputActivation is { } function ? ActivationTable.Meaning(function, Tensors[node.Outputs[0]].Spec) : null;
            LoweredNode own = node;
            if (activation is not (null or PassThrough))
            {
                own = node with { Outputs = node.Outputs.SetItem(0, NewTensor(Tensors[node.Outputs[0]].Spec)) };
            }

            var context = new LayerContext(node.Source, Specs(node.Inputs), Specs(node.Outputs), node.Mask is not null, node.InitialStates)
            {
                InputMasks = [.. node.InputMasks.Select(m => m is not null)],
            };
            AddMeaning(own, layer.Meaning(context));
            if (activation is not (null or PassThrough))
            {
                AddMeaning(
                    new LoweredNode
                    {
                        Source = node.Source,
                        Use = new LayerUse(node.Use.Path, layer),
                        Title = $"{layer.OutputActivation!.ClassName} of {node.Use.Path}",
                        Inputs = [own.Outputs[0]],
                        Outputs = [node.Outputs[0]],
                    },
                    activation);
            }

            if (layer.ActivityRegularizer is { } penalty)
            {
                Penalties.AddRange(node.Outputs.Select(o => new ActivityPenalty(o, penalty)));
            }
        }

        private int NewTensor(TensorSpec spec)
        {
            Tensors.Add(new LoweredTensor(spec));
            return Tensors.Count - 1;
        }

        private void AddMeaning(LoweredNode node, LayerMeaning meaning)
        {
            switch (meaning)
            {
                case FunctionPair pair:
                    Nodes.Add(node with { Functions = pair });
                    break;
                case PassThrough:
                    Replacements[node.Outputs[0]] = node.Inputs[0];
                    break;
                case Expansion expansion:
                    var builder = new Builder(this, node);
                    IReadOnlyList<ExpansionTensor> outputs = expansion.Build(builder);
                    for (int i = 0; i < outputs.Count; i++)
                    {
                        Replacements[node.Outputs[i]] = outputs[i].Id;
                    }

                    break;
                default:
                    throw new InvalidOperationException($"The meaning {meaning.GetType().Name} of layer {node.Title} is unknown.");
            }
        }

        private sealed class Builder(Expander owner, LoweredNode whole) : ExpansionBuilder
        {
            public override ExpansionTensor Input(int index = 0) => new(whole.Inputs[index]);

            public override ExpansionTensor Mask => new(whole.Mask!.Value);

            public override ExpansionTensor InputMask(int index) => new(whole.InputMasks[index]!.Value);

            public override IReadOnlyList<ExpansionTensor> Apply(Layer layer, params ExpansionTensor[] inputs)
            {
                TensorSpec[] specs = [.. inputs.Select(i => owner.Tensors[i.Id].Spec)];
                ImmutableArray<int> outputs = [.. layer.Outputs(specs).Select(owner.NewTensor)];
                var use = new LayerUse(whole.Use.Path, layer) { Trainable = whole.Use.Trainable, Parameters = whole.Use.Parameters };
                owner.Add(new LoweredNode
                {
                    Source = whole.Source with { Layer = use, Outputs = [.. outputs.Select(o => owner.Tensors[o].Spec)] },
                    Use = use,
                    Title = $"{layer.ClassName} of {whole.Use.Path}",
                    Inputs = [.. inputs.Select(i => i.Id)],
                    Outputs = outputs,
                    Mask = whole.Mask,
                    Training = whole.Training,
                });
                return [.. outputs.Select(o => new ExpansionTensor(o))];
            }
        }
    }
}
