using System.Collections.Immutable;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Lowering.Passes;

/// <summary>Follows the masks that Keras passes along with tensors and makes them tensors (N x T of 0/1) of their own.</summary>
internal static class ExplicitMasks
{
    /// <inheritdoc cref="LoweringPass.Apply"/>
    public static LoweredNetwork Apply(LoweredNetwork network, LoweringOptions options)
    {
        var tensors = network.Tensors.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<LoweredNode>();
        var masks = new Dictionary<int, int>();
        foreach (LoweredNode node in network.Nodes)
        {
            // An explicit mask argument of the call comes before the mask that the input carries.
            int? carried = node.Inputs.Length > 0 && masks.TryGetValue(node.Inputs[0], out int m) ? m : null;
            LoweredNode masked = node with { Mask = node.Mask ?? carried, InputMasks = [.. node.Inputs.Select(i => masks.TryGetValue(i, out int own) ? own : (int?)null)] };
            MaskRule rule = node.Use.Layer.Mask;
            int? result = rule switch
            {
                MaskRule.PassThrough => masked.Mask,
                MaskRule.Recurrent => masked.Mask is { } mask && tensors[node.Outputs[0]].Spec.Shape.Rank > 1 ? mask : null,
                MaskRule.Make => Add(tensors, MadeMaskShape(tensors[node.Outputs[0]].Spec.Shape)),
                _ => null,
            };
            if (rule == MaskRule.Make)
            {
                masked = masked with { MadeMask = result };
            }

            nodes.Add(masked);
            if (rule == MaskRule.AnyInput)
            {
                result = AnyOf(masked, masks, tensors, nodes);
            }
            else if (rule == MaskRule.Concatenate)
            {
                result = Joined(masked, masks, tensors, nodes);
            }

            if (result is { } made)
            {
                masks[node.Outputs[0]] = made;
            }
        }

        return network with
        {
            Tensors = tensors.ToImmutable(),
            Nodes = nodes.ToImmutable(),
            Masks = masks.ToImmutableDictionary(),
            Outputs = [.. network.Outputs.Select(o => o with { Mask = masks.TryGetValue(o.Tensor, out int mask) ? mask : null })],
        };
    }

    // Masking and Embedding drop the feature axis: (T, D) has a mask of T.
    private static Shape MadeMaskShape(Shape shape) => new(shape.Sizes[..^1].ToArray());

    private static int Add(ImmutableArray<LoweredTensor>.Builder tensors, Shape shape)
    {
        tensors.Add(new LoweredTensor(new TensorSpec(ElementType.Bool, shape)));
        return tensors.Count - 1;
    }

    /// <summary>The logical or of the inputs' masks; none when an input has none.</summary>
    private static int? AnyOf(LoweredNode node, Dictionary<int, int> masks, ImmutableArray<LoweredTensor>.Builder tensors, ImmutableArray<LoweredNode>.Builder nodes)
    {
        int[] inputs = [.. node.Inputs.Where(masks.ContainsKey).Select(i => masks[i])];
        if (inputs.Length == 0 || inputs.Length < node.Inputs.Length)
        {
            return null;
        }

        int result = inputs[0];
        foreach (int next in inputs.Skip(1).Where(i => i != inputs[0]))
        {
            result = AddStep(node, "either", [result, next], [], tensors[result].Spec.Shape, tensors, nodes);
        }

        return result;
    }

    /// <summary>The joined masks of Concatenate; ones for inputs without a mask, none when no input has one.</summary>
    private static int? Joined(LoweredNode node, Dictionary<int, int> masks, ImmutableArray<LoweredTensor>.Builder tensors, ImmutableArray<LoweredNode>.Builder nodes)
    {
        if (!node.Inputs.Any(masks.ContainsKey))
        {
            return null;
        }

        int? axis = node.Use.Layer.MaskAxis(tensors[node.Inputs[0]].Spec.Shape);
        int? result = null;
        foreach (int input in node.Inputs)
        {
            Shape shape = MadeMaskShape(tensors[input].Spec.Shape);
            int mask = masks.TryGetValue(input, out int own) ? own : AddStep(node, "full", [input], [Operand.Int(shape.Elements)], shape, tensors, nodes);
            if (result is not { } first)
            {
                result = mask;
            }
            else if (axis is not { } joined)
            {
                result = AddStep(node, "either", [first, mask], [], shape, tensors, nodes);
            }
            else
            {
                Shape before = tensors[first].Spec.Shape;
                int outer = AxisGroup.Product(before.Sizes[..joined]);
                int[] sizes = before.Sizes.ToArray();
                sizes[joined] += shape[joined];
                result = AddStep(node, "concatenate", [first, mask], [Operand.Int(outer)], new Shape(sizes), tensors, nodes);
            }
        }

        return result;
    }

    private static int AddStep(
        LoweredNode node, string function, ImmutableArray<int> inputs, IReadOnlyList<Operand> arguments, Shape shape, ImmutableArray<LoweredTensor>.Builder tensors, ImmutableArray<LoweredNode>.Builder nodes)
    {
        int output = Add(tensors, shape);
        nodes.Add(new LoweredNode
        {
            Source = node.Source,
            Use = node.Use,
            Title = "Mask of " + node.Use.Path,
            Functions = new FunctionPair
            {
                File = "util/masks", ForwardName = function, ForwardArguments = [.. inputs.Select((_, i) => Operand.Input(i)), .. arguments], ForwardResults = [Result.Output()],
            },
            Inputs = inputs,
            Outputs = [output],
        });
        return output;
    }
}
