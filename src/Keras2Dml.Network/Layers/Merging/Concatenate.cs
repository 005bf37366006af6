using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Merging;

/// <summary>Tensors joined along an axis. Keras: keras.layers.Concatenate; Caffe: Concat.</summary>
internal sealed class Concatenate(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Concatenate", [],
        [
            .. CommonArguments,
            Argument.Int("axis", -1),
        ]),
        config => new Concatenate(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Concatenate;

    /// <inheritdoc/>
    public override (int Least, int Most) InputCount => (1, int.MaxValue);

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        int axis = JoinedAxis(inputs[0].Shape);
        int[] sizes = inputs[0].Shape.Sizes.ToArray();
        foreach (TensorSpec input in inputs.Skip(1))
        {
            bool fits = input.Shape.Rank == sizes.Length;
            for (int i = 0; fits && i < sizes.Length; i++)
            {
                int size = input.Shape[i];
                if (i == axis)
                {
                    sizes[i] = sizes[i] == Shape.Unknown || size == Shape.Unknown ? Shape.Unknown : checked(sizes[i] + size);
                }
                else if (sizes[i] == Shape.Unknown)
                {
                    sizes[i] = size;
                }
                else
                {
                    fits = size == Shape.Unknown || size == sizes[i];
                }
            }

            if (!fits)
            {
                throw NetworkErrors.InputShapes.At(Place, ClassName, $"shapes that are equal but for axis {Config.Int("axis")}", string.Join(", ", inputs.Select(i => i.Shape)));
            }
        }

        return [inputs[0] with { Shape = new Shape(sizes) }];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        if (context.Inputs.Count == 1)
        {
            return new PassThrough();
        }

        if (context.Inputs.Count == 2)
        {
            return Functions(context.Inputs[0].Shape, context.Inputs[1].Shape);
        }

        return new Expansion(builder =>
        {
            ExpansionTensor result = builder.Input();
            Shape shape = context.Inputs[0].Shape;
            for (int i = 1; i < context.Inputs.Count; i++)
            {
                Shape next = context.Inputs[i].Shape;
                Shape joined = Outputs([new TensorSpec(ElementType.Float32, shape), new TensorSpec(ElementType.Float32, next)])[0].Shape;
                result = builder.Apply(new FunctionStep("concatenate", Functions(shape, next), joined), result, builder.Input(i))[0];
                shape = joined;
            }

            return [result];
        });
    }

    /// <inheritdoc/>
    public override int? MaskAxis(Shape firstInput) => JoinedAxis(firstInput) is var axis && axis >= 0 && axis < firstInput.Rank - 1 ? axis : null;

    /// <summary>The axis as an index into the shape; -1 for the batch.</summary>
    private int JoinedAxis(Shape shape)
    {
        int axis = AxisGroup.WithoutBatch(shape, Config.Int("axis"));
        return axis >= -1 && axis < shape.Rank ? axis : throw NetworkErrors.InputShape.At(Place, ClassName, $"an axis {Config.Int("axis")}", shape);
    }

    private FunctionPair Functions(Shape first, Shape second)
    {
        int axis = JoinedAxis(first);
        Operand[] inputs = [Operand.Input(0), Operand.Input(1)];
        Result[] gradients = [Result.InputGradient(0), Result.InputGradient(1)];
        if (axis == -1)
        {
            return new FunctionPair
            {
                File = "layers/concatenate",
                ForwardName = "forward_batch",
                BackwardName = "backward_batch",
                ForwardArguments = inputs,
                ForwardResults = [Result.Output()],
                BackwardArguments = [Operand.OutputGradient(), .. inputs],
                BackwardResults = gradients,
                Layout = LayoutRule.Any,
            };
        }

        // Channels of images are joined in the order that images are computed in: channels come first there.
        bool isImageChannels = first.Rank == 3 && axis == 2;
        int outer = isImageChannels ? 1 : AxisGroup.Product(first.Sizes[..axis]);
        return new FunctionPair
        {
            File = "layers/concatenate",
            ForwardArguments = [.. inputs, Operand.Int(outer)],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Int(outer), Operand.Int(first.Elements / outer), Operand.Int(second.Elements / outer)],
            BackwardResults = gradients,
            Layout = isImageChannels ? LayoutRule.ChannelsFirst : LayoutRule.Keras,
        };
    }
}
