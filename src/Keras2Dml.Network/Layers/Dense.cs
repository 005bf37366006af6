using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers;

/// <summary>Densely connected layer on the last axis: <c>activation(X W + b)</c>. Keras: keras.layers.Dense; Caffe: InnerProduct.</summary>
internal sealed class Dense(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Dense", [],
        [
            .. CommonArguments,
            Argument.RequiredInt("units"),
            Argument.Activation(),
            Argument.Bool("use_bias", true),
            Argument.Initializer("kernel_initializer", "glorot_uniform"),
            Argument.Initializer("bias_initializer", "zeros"),
            Argument.Regularizer("kernel_regularizer"),
            Argument.Regularizer("bias_regularizer"),
            Argument.Constraint("kernel_constraint"),
            Argument.Constraint("bias_constraint"),
            Argument.OptionalInt("lora_rank"),
            Argument.OptionalInt("lora_alpha"),
        ]),
        config => new Dense(config));

    private int Units => Config.Int("units");

    private bool UseBias => Config.Bool("use_bias");

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorSpec> inputs)
    {
        int features = inputs[0].Shape[-1];
        var kernel = new ParameterSpec
        {
            Name = "kernel", Index = 0, Shape = [features, Units], Storage = MatrixStorage.Plain(2, features, Units),
            Initializer = Config.Object("kernel_initializer"), Regularizer = Config.Object("kernel_regularizer"), Constraint = Config.Object("kernel_constraint"),
        };
        return !UseBias ? [kernel] :
        [
            kernel,
            new ParameterSpec
            {
                Name = "bias", Index = 1, Shape = [Units], Storage = MatrixStorage.Row(Units),
                Initializer = Config.Object("bias_initializer"), Regularizer = Config.Object("bias_regularizer"), Constraint = Config.Object("bias_constraint"),
            },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorSpec> Outputs(IReadOnlyList<TensorSpec> inputs) =>
        [inputs[0] with { Shape = new Shape([.. inputs[0].Shape.Sizes[..^1], Units]) }];

    /// <inheritdoc/>
    public override KerasObject? OutputActivation => Config.Object("activation");

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context) => new FunctionPair
    {
        File = "layers/dense",
        ForwardArguments = [Operand.Input(), Operand.Parameter("kernel"), Operand.Parameter("bias")],
        ForwardResults = [Result.Output()],
        BackwardArguments = [Operand.OutputGradient(), Operand.Input(), Operand.Parameter("kernel")],
        BackwardResults = [Result.InputGradient(), Result.ParameterGradient("kernel"), Result.ParameterGradient("bias")],
    };
}
