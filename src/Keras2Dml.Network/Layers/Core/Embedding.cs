using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Core;

/// <summary>Rows of a table by number. Keras: keras.layers.Embedding; Caffe: Embed.</summary>
internal sealed class Embedding(KerasObject config) : Layer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "Embedding", [],
        [
            .. CommonArguments,
            Argument.RequiredInt("input_dim"),
            Argument.RequiredInt("output_dim"),
            Argument.Initializer("embeddings_initializer", "uniform"),
            Argument.Regularizer("embeddings_regularizer"),
            Argument.Constraint("embeddings_constraint"),
            Argument.Bool("mask_zero", false),
            Argument.Any("input_length"),
            Argument.Any("weights"),
            Argument.OptionalInt("lora_rank"),
            Argument.OptionalDouble("lora_alpha"),
        ]),
        config => new Embedding(config));

    /// <inheritdoc/>
    public override MaskRule Mask => MasksZero ? MaskRule.Make : MaskRule.Drop;

    private int Rows => Config.Int("input_dim");

    private int Columns => Config.Int("output_dim");

    private bool MasksZero => Config.Bool("mask_zero");

    private int? Rank => Config.OptionalInt("lora_rank");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        var table = new ParameterSpec
        {
            Name = "embeddings", Index = 0, Shape = [Rows, Columns], Storage = MatrixStorage.Plain(2, Rows, Columns), Trainable = Rank is null,
            Initializer = Config.Object("embeddings_initializer"), Regularizer = Config.Object("embeddings_regularizer"), Constraint = Config.Object("embeddings_constraint"),
        };
        return Rank is not { } rank ? [table] :
        [
            table,
            LowRankAdaptation.Factor("lora_embeddings_a", 1, Rows, rank),
            LowRankAdaptation.Factor("lora_embeddings_b", 2, rank, Columns),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs) => [new TensorSpec(ElementType.Float32, new Shape([.. inputs[0].Shape.Sizes, Columns]))];

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        Result[] results = MasksZero ? [Result.Output(), Result.Mask] : [Result.Output()];
        string masking = MasksZero ? "_masking" : "";
        Operand table = Operand.Parameter("embeddings");
        if (Rank is not { } rank)
        {
            return new FunctionPair
            {
                File = "layers/embedding",
                ForwardName = "forward" + masking,
                ForwardArguments = [Operand.Input(), table],
                ForwardResults = results,
                BackwardArguments = [Operand.OutputGradient(), Operand.Input(), table],
                BackwardResults = [Result.ParameterGradient("embeddings"), Result.SquaredRows("embeddings")],
                RowSizesName = "row_sizes",
            };
        }

        Operand[] factors = [Operand.Parameter("lora_embeddings_a"), Operand.Parameter("lora_embeddings_b"), LowRankAdaptation.Scale(Config, rank)];
        return new FunctionPair
        {
            File = "layers/embedding",
            ForwardName = "forward_lora" + masking,
            BackwardName = "backward_lora",
            ForwardArguments = [Operand.Input(), table, .. factors],
            ForwardResults = results,
            BackwardArguments = [Operand.OutputGradient(), Operand.Input(), .. factors],
            BackwardResults = [Result.ParameterGradient("lora_embeddings_a"), Result.ParameterGradient("lora_embeddings_b")],
        };
    }
}
