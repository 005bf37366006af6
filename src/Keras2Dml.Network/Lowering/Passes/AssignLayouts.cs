using System.Collections.Immutable;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>
/// Images are computed channels first. Every step says what order it takes (<see cref="LayoutRule"/>); where a channels_last tensor meets a step of the
/// other order, a permutation is inserted once for the tensor. Steps that take any order keep the one they get, so permutations move as far as possible and most vanish.
/// </summary>
internal static class AssignLayouts
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        var state = new State(network);
        foreach (LoweredNode node in network.Nodes)
        {
            state.Add(node);
        }

        return network with
        {
            Outputs = [.. network.Outputs.Select(o => o with { Tensor = state.In(o.Tensor, TensorLayout.Keras, null), Logits = o.Logits is { } l ? state.In(l, TensorLayout.Keras, null) : null })],
            Nodes = state.Nodes.ToImmutable(),
            Tensors = state.Tensors.ToImmutable(),
        };
    }

    /// <summary>True when both orders are the same: one channel, one position, or no axis before the last.</summary>
    private static bool IsSameEitherWay(Shape shape) => shape.Rank < 2 || shape[-1] == 1 || shape.Elements == shape[-1];

    private sealed class State(LoweredNetwork network)
    {
        // The same values in the other order, both ways.
        private readonly Dictionary<int, int> twins = [];

        public ImmutableArray<LoweredTensor>.Builder Tensors { get; } = network.Tensors.ToBuilder();

        public ImmutableArray<LoweredNode>.Builder Nodes { get; } = ImmutableArray.CreateBuilder<LoweredNode>();

        public void Add(LoweredNode node)
        {
            TensorLayout layout = node.Functions!.Layout switch
            {
                LayoutRule.ChannelsFirst when IsChannelsLast(node.Use.Layer.Config) => TensorLayout.ChannelsFirst,
                LayoutRule.Any => LayoutOfInputs(node),
                _ => TensorLayout.Keras,
            };
            ImmutableArray<int> inputs = [.. node.Inputs.Select((t, i) => i < node.Inputs.Length - node.InitialStates ? In(t, layout, node) : t)];
            Nodes.Add(node with { Inputs = inputs });
            foreach (int output in node.Outputs)
            {
                if (!IsSameEitherWay(Tensors[output].Spec.Shape))
                {
                    Tensors[output] = Tensors[output] with { Layout = layout };
                }
            }
        }

        /// <summary>The tensor in the wanted order; adds a permutation when it is not there yet.</summary>
        public int In(int tensor, TensorLayout layout, LoweredNode? consumer)
        {
            LoweredTensor origin = Tensors[tensor];
            if (origin.Layout == layout || IsSameEitherWay(origin.Spec.Shape))
            {
                return tensor;
            }

            if (twins.TryGetValue(tensor, out int twin))
            {
                return twin;
            }

            twin = Tensors.Count;
            Tensors.Add(origin with { Layout = layout });
            twins[tensor] = twin;
            twins[twin] = tensor;
            LoweredNode? producer = Nodes.FirstOrDefault(n => n.Outputs.Contains(tensor)) ?? consumer;
            Nodes.Add(Permutation(producer!, tensor, twin, origin.Spec.Shape, layout));
            return twin;
        }

        private TensorLayout LayoutOfInputs(LoweredNode node)
        {
            // The order that most inputs have already; equal shapes only (broadcasting steps say Keras).
            int[] free = [.. node.Inputs.Where(t => !IsSameEitherWay(Tensors[t].Spec.Shape))];
            int first = free.Count(t => Tensors[t].Layout == TensorLayout.ChannelsFirst || (twins.TryGetValue(t, out int twin) && Tensors[twin].Layout == TensorLayout.ChannelsFirst));
            return free.Length > 0 && first * 2 > free.Length ? TensorLayout.ChannelsFirst : TensorLayout.Keras;
        }

        private static bool IsChannelsLast(KerasObject config) => !config.Values.TryGetValue("data_format", out object? format) || format as string != "channels_first";

        private static LoweredNode Permutation(LoweredNode near, int from, int to, Shape shape, TensorLayout layout)
        {
            int channels = shape[-1];
            (string there, string back) = layout == TensorLayout.ChannelsFirst ? ("channels_first", "channels_last") : ("channels_last", "channels_first");
            Operand[] sizes = [Operand.Int(channels), Operand.Int(shape.Elements / channels)];
            return new LoweredNode
            {
                Source = near.Source,
                Use = new LayerUse(near.Use.Path, near.Use.Layer),
                Title = layout == TensorLayout.ChannelsFirst ? "Channels first" : "Channels last",
                Functions = new FunctionPair
                {
                    File = "util/layout",
                    ForwardName = there,
                    BackwardName = back,
                    ForwardArguments = [Operand.Input(), .. sizes],
                    ForwardResults = [Result.Output()],
                    BackwardArguments = [Operand.OutputGradient(), .. sizes],
                    BackwardResults = [Result.InputGradient()],
                },
                Inputs = [from],
                Outputs = [to],
            };
        }
    }
}
