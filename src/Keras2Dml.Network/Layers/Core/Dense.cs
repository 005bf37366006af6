using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>Densely connected layer on the last axis: <c>activation(X W + b)</c>. Keras: keras.layers.Dense; Caffe: InnerProduct.</summary>
internal sealed class Dense(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Dense", [],
        [
            .. CommonArguments,
            Argument.RequiredInt("units"),
            .. KernelArguments.All,
            Argument.OptionalInt("lora_rank"),
            Argument.OptionalDouble("lora_alpha"),
        ]),
        config => new Dense(config));

    private int Units => Config.Int("units");

    private bool UseBias => Config.Bool("use_bias");

    private int? Rank => Config.OptionalInt("lora_rank");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        int features = Features(inputs);
        var parameters = new List<ParameterSpec>
        {
            new()
            {
                Name = "kernel", Index = 0, Shape = [features, Units], Storage = MatrixStorage.Plain(2, features, Units), Trainable = Rank is null,
                Initializer = Config.Object("kernel_initializer"), Regularizer = Config.Object("kernel_regularizer"), Constraint = Config.Object("kernel_constraint"),
            },
        };
        if (UseBias)
        {
            parameters.Add(new ParameterSpec
            {
                Name = "bias", Index = 1, Shape = [Units], Storage = MatrixStorage.Row(Units),
                Initializer = Config.Object("bias_initializer"), Regularizer = Config.Object("bias_regularizer"), Constraint = Config.Object("bias_constraint"),
            });
        }

        if (Rank is { } rank)
        {
            parameters.Add(LowRankAdaptation.Factor("lora_kernel_a", parameters.Count, features, rank));
            parameters.Add(LowRankAdaptation.Factor("lora_kernel_b", parameters.Count, rank, Units));
        }

        return parameters;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        Features(inputs);
        return [new TensorSpec(ElementType.Float32, new Shape([.. inputs[0].Shape.Sizes[..^1], Units]))];
    }

    /// <inheritdoc/>
    public override KerasObject? OutputActivation => Config.Object("activation");

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Operand kernel = Operand.Parameter("kernel");
        if (Rank is { } rank)
        {
            Operand[] factors = [Operand.Parameter("lora_kernel_a"), Operand.Parameter("lora_kernel_b"), LowRankAdaptation.Scale(Config, rank)];
            return new FunctionPair
            {
                File = "layers/dense",
                ForwardName = "forward_lora",
                BackwardName = "backward_lora",
                ForwardArguments = [Operand.Input(), kernel, UseBias ? Operand.Parameter("bias") : Operand.Filled(0, 1, Units), .. factors],
                ForwardResults = [Result.Output()],
                BackwardArguments = [Operand.OutputGradient(), Operand.Input(), kernel, .. factors],
                BackwardResults =
                [
                    Result.InputGradient(), UseBias ? Result.ParameterGradient("bias") : Result.Ignored("dbias"),
                    Result.ParameterGradient("lora_kernel_a"), Result.ParameterGradient("lora_kernel_b"),
                ],
            };
        }

        return new FunctionPair
        {
            File = "layers/dense",
            ForwardName = UseBias ? "forward" : "forward_no_bias",
            BackwardName = UseBias ? "backward" : "backward_no_bias",
            ForwardArguments = UseBias ? [Operand.Input(), kernel, Operand.Parameter("bias")] : [Operand.Input(), kernel],
            ForwardResults = [Result.Output()],
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), kernel],
            BackwardResults = UseBias
                ? [Result.InputGradient(), Result.ParameterGradient("kernel"), Result.ParameterGradient("bias")]
                : [Result.InputGradient(), Result.ParameterGradient("kernel")],
        };
    }

    /// <summary>Size of the last axis of the input.</summary>
    private int Features(IReadOnlyList<TensorSpec> inputs)
    {
        Shape shape = inputs[0].Shape;
        return shape.Rank == 0 ? throw NetworkErrors.InputRank.At(Place, ClassName, "at least 2", shape)
            : shape[-1] == Shape.Unknown ? throw NetworkErrors.InputShape.At(Place, ClassName, "a known size of the last axis", shape)
            : shape[-1];
    }
}
