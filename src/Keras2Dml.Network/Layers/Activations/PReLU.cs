using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Steps;

namespace Keras2Dml.Network.Layers.Activations;

/// <summary>x above 0, alpha * x below, with learnt alpha. Keras: keras.layers.PReLU; Caffe: PReLU.</summary>
internal sealed class PReLU(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "PReLU", [],
        [
            .. CommonArguments,
            Argument.Initializer("alpha_initializer", "zeros"),
            Argument.Regularizer("alpha_regularizer"),
            Argument.Constraint("alpha_constraint"),
            Argument.OptionalInts("shared_axes"),
        ]),
        config => new PReLU(config));

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        Shape shape = AlphaShape(inputs[0].Shape);
        return
        [
            new ParameterSpec
            {
                Name = "alpha", Index = 0, Shape = shape.Sizes.ToArray(), Storage = MatrixStorage.Plain(shape.Rank, 1, shape.Elements),
                Initializer = Config.Object("alpha_initializer"), Regularizer = Config.Object("alpha_regularizer"), Constraint = Config.Object("alpha_constraint"),
            },
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [inputs[0]];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Shape shape = context.Inputs[0].Shape;
        Operand[] arguments = [Operand.Input(), Operand.Parameter("alpha"), .. TileOperands.TwoTiles(this, AlphaShape(shape), shape)];
        return new FunctionPair
        {
            File = "layers/prelu",
            ForwardArguments = arguments,
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), .. arguments],
            BackwardResults = [Result.InputGradient(), Result.ParameterGradient("alpha")],
        };
    }

    private Shape AlphaShape(Shape input)
    {
        int[] sizes = input.Sizes.ToArray();
        foreach (int axis in Config.Values["shared_axes"] is null ? [] : Config.Ints("shared_axes"))
        {
            sizes[AxisGroup.WithoutBatch(input, axis)] = 1;
        }

        return Array.TrueForAll(sizes, s => s != Shape.Unknown) ? new Shape(sizes)
            : throw NetworkErrors.InputShape.At(Place, ClassName, "known sizes of all axes that are not shared", input);
    }
}
