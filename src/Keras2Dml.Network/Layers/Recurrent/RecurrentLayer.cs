using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers.Regularization;

namespace Keras2Dml.Network.Layers.Recurrent;

/// <summary>
/// A recurrent layer with a DML file of its own: what SimpleRNN and LSTM have in common.
/// The first input is the sequence, N x (T*D); explicit initial states follow it.
/// </summary>
internal abstract class RecurrentLayer(KerasObject config) : Layer(config)
{
    /// <inheritdoc/>
    public override MaskRule Mask => MaskRule.Recurrent;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> States => [.. StateNames.Select(_ => new Shape(Units))];

    /// <summary>Arguments of every recurrent layer. <c>implementation</c> and <c>time_major</c> are written by Keras 2, <c>use_cudnn</c> has no effect on a CPU.</summary>
    protected static IReadOnlyList<Argument> Arguments { get; } =
    [
        .. CommonArguments,
        Argument.RequiredInt("units"),
        Argument.Activation("activation", "tanh"),
        Argument.Bool("use_bias", true),
        Argument.Initializer("kernel_initializer", "glorot_uniform"),
        Argument.Initializer("recurrent_initializer", "orthogonal"),
        Argument.Initializer("bias_initializer", "zeros"),
        Argument.Regularizer("kernel_regularizer"),
        Argument.Regularizer("recurrent_regularizer"),
        Argument.Regularizer("bias_regularizer"),
        Argument.Constraint("kernel_constraint"),
        Argument.Constraint("recurrent_constraint"),
        Argument.Constraint("bias_constraint"),
        Argument.Double("dropout", 0, 0, 1),
        Argument.Double("recurrent_dropout", 0, 0, 1),
        Argument.Seed(),
        Argument.Bool("return_sequences", false),
        Argument.Bool("return_state", false),
        Argument.Bool("go_backwards", false),
        Argument.Bool("stateful", false),
        Argument.Bool("unroll", false),
        Argument.Bool("zero_output_for_mask", false),
        Argument.Any("use_cudnn", "auto"),
        Argument.Int("implementation", 2, 1),
        Argument.Any("time_major", false, check: v => v is false ? null : "false (sequences as batch, time, features)"),
    ];

    /// <summary>File of the library.</summary>
    protected abstract string File { get; }

    /// <summary>Keras's name of the cell inside the layer.</summary>
    protected abstract string CellName { get; }

    /// <summary>Blocks of units in the kernel's columns.</summary>
    protected abstract int Gates { get; }

    /// <summary>Names of the carried states in Keras's order; the first is the output.</summary>
    protected abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Names of the activations that the cell applies, in the order of the DML functions' arguments.</summary>
    protected abstract IReadOnlyList<string> CellActivations { get; }

    /// <summary>Initial value of the bias.</summary>
    protected virtual KerasObject? BiasInitializer => Config.Object("bias_initializer");

    /// <summary>Number of masks that each of the two dropouts draws; 1 when all gates share one.</summary>
    protected virtual int DropoutMasks => 1;

    /// <summary>Number of units.</summary>
    protected int Units => Config.Int("units");

    private bool Stateful => Config.Bool("stateful");

    /// <inheritdoc/>
    protected override IReadOnlyList<ParameterSpec> InferParameters(IReadOnlyList<TensorSpec> inputs)
    {
        int features = Features(inputs);
        var kernel = Variable("kernel", "kernel", 0, [features, Gates * Units], MatrixStorage.Plain(2, features, Gates * Units), Config.Object("kernel_initializer"));
        var recurrent = Variable("recurrent_kernel", "recurrent", 1, [Units, Gates * Units], MatrixStorage.Plain(2, Units, Gates * Units), Config.Object("recurrent_initializer"));
        var bias = Variable("bias", "bias", 2, [Gates * Units], MatrixStorage.Row(Gates * Units), BiasInitializer);
        var states = StateNames.Select((_, i) => new ParameterSpec
        {
            // One row of zeros stands for the states of any number of rows; the first call replaces it.
            Name = StateName(i), Index = i, Shape = [1, Units], Storage = MatrixStorage.Plain(2, 1, Units), Trainable = false, Stored = false,
        });
        ParameterSpec seeds = RandomState.Parameter() with { Name = CellName + "/seed_generator/seed_generator_state", Owner = "cell/seed_generator", Stored = false };
        return
        [
            kernel, recurrent,
            .. Config.Bool("use_bias") ? [bias] : (ParameterSpec[])[],
            .. Stateful ? states : [],
            .. DropsInput || DropsState ? [seeds] : (ParameterSpec[])[],
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<TensorSpec> InferOutputs(IReadOnlyList<TensorSpec> inputs)
    {
        Features(inputs);
        _ = CellActivations; // refuses what the cell cannot compute
        TensorSpec last = inputs[0] with { Shape = new Shape(Units) };
        TensorSpec output = Config.Bool("return_sequences") ? inputs[0] with { Shape = new Shape(inputs[0].Shape[0], Units) } : last;
        return [output, .. Config.Bool("return_state") ? StateNames.Select(_ => last) : []];
    }

    /// <inheritdoc/>
    public override LayerMeaning Meaning(LayerContext context)
    {
        int features = Features(context.Inputs);
        bool explicitStates = context.InitialStates > 0 || context.Inputs.Count > 1;
        bool returnState = Config.Bool("return_state");
        bool drops = DropsInput || DropsState;
        Operand none = new LiteralOperand("matrix(0, rows=1, cols=1)");
        Operand zeros = new LiteralOperand($"matrix(0, rows=1, cols={Units})");

        Operand[] initial =
        [
            .. StateNames.Select((_, i) => explicitStates ? Operand.Input(1 + i) : Stateful ? Operand.Parameter(StateName(i)) : zeros),
        ];
        Operand[] shape = [Operand.Int(context.Inputs[0].Shape[0]), Operand.Int(features)];
        Operand[] options =
        [
            .. CellActivations.Select(Operand.String),
            Operand.Bool(Config.Bool("return_sequences")),
            Operand.Bool(Config.Bool("go_backwards")),
            Operand.Bool(context.HasMask),
            Operand.Bool(Config.Bool("zero_output_for_mask")),
        ];
        Operand mask = context.HasMask ? Operand.Mask : none;
        Operand[] dropout =
        [
            .. DropoutOperands("dropout", DropsInput),
            .. DropoutOperands("recurrent_dropout", DropsState),
            Operand.Int(drops ? DropoutMasks : 0),
            .. drops ? [Operand.Seed, Operand.Counter, Operand.Training] : (Operand[])[Operand.Int(0), Operand.Int(0), Operand.Bool(false)],
        ];
        string[] caches = ["inputs_mask", "recurrent_mask", "preactivations", .. StateNames.Select(s => s + "_steps")];

        return new FunctionPair
        {
            File = File,
            ForwardArguments = [Operand.Input(), Kernel, RecurrentKernel, Bias, .. initial, mask, .. shape, .. options, .. dropout],
            ForwardResults =
            [
                Result.Output(),
                .. StateNames.Select((s, i) => returnState ? Result.Output(1 + i) : Stateful ? Result.StateUpdate(StateName(i)) : Result.Ignored(s)),
                .. caches.Select(Result.Cache),
            ],
            BackwardArguments =
            [
                Operand.OutputGradient(),
                .. StateNames.Select((_, i) => returnState ? Operand.OutputGradient(1 + i) : zeros),
                Operand.Input(), Kernel, RecurrentKernel, .. initial, mask,
                .. caches.Select(Operand.Cache), .. shape, .. options, Operand.Int(drops ? DropoutMasks : 0),
            ],
            BackwardResults =
            [
                Result.InputGradient(),
                Result.ParameterGradient(CellName + "/kernel"),
                Result.ParameterGradient(CellName + "/recurrent_kernel"),
                Config.Bool("use_bias") ? Result.ParameterGradient(CellName + "/bias") : Result.Ignored("dbias"),
                .. StateNames.Select((s, i) => explicitStates ? Result.InputGradient(1 + i) : Result.Ignored("d" + s)),
            ],
            StatesFromOutputs = Stateful && returnState ? StateNames.Select((_, i) => i).ToDictionary(StateName, i => 1 + i) : new Dictionary<string, int>(),
            DependsOnTraining = drops,
            DrawsAtInference = drops,
            Draws = DropoutMasks * ((DropsInput ? 1 : 0) + (DropsState ? 1 : 0)),
        };
    }

    /// <summary>Name of a configured activation; none is linear. The library's cells know activations by name, with Keras's default arguments.</summary>
    protected string ActivationName(string argument)
    {
        KerasObject? activation = Config.Object(argument);
        if (activation is not null && (activation.ClassName == "glu" || activation.Class.Arguments.Any(a => !HasDefault(activation, a))))
        {
            throw NetworkErrors.WrongValue.At(Place, ClassName, argument, "an activation function of one input and output, with its default arguments", activation.ClassName);
        }

        return activation?.ClassName ?? "linear";
    }

    private static bool HasDefault(KerasObject activation, Argument argument) =>
        !argument.Required && (argument.Default is object?[] list
            ? activation.Values[argument.Name] is object?[] values && values.SequenceEqual(list)
            : Equals(activation.Values[argument.Name], argument.Default));

    private bool DropsInput => Config.Double("dropout") is > 0 and < 1;

    private bool DropsState => Config.Double("recurrent_dropout") is > 0 and < 1;

    private Operand Kernel => Operand.Parameter(CellName + "/kernel");

    private Operand RecurrentKernel => Operand.Parameter(CellName + "/recurrent_kernel");

    private Operand Bias => Config.Bool("use_bias")
        ? Operand.Parameter(CellName + "/bias")
        : new LiteralOperand($"matrix(0, rows=1, cols={Gates * Units})");

    // Keras compares the draws with the rate in float32.
    private Operand[] DropoutOperands(string argument, bool drops) => drops
        ? [Operand.Double((float)Config.Double(argument)), Operand.Double(1 / (1 - Config.Double(argument)))]
        : [Operand.Double(0), Operand.Double(1)];

    private static string StateName(int index) => $"rnn_state_{index}";

    private ParameterSpec Variable(string name, string arguments, int index, int[] shape, MatrixStorage storage, KerasObject? initializer) => new()
    {
        Name = $"{CellName}/{name}", Owner = "cell", Index = index, Shape = shape, Storage = storage,
        Initializer = initializer, Regularizer = Config.Object(arguments + "_regularizer"), Constraint = Config.Object(arguments + "_constraint"),
    };

    private int Features(IReadOnlyList<TensorSpec> inputs)
    {
        Shape shape = inputs[0].Shape;
        return shape.Rank != 2 ? throw NetworkErrors.InputRank.At(Place, ClassName, 3, shape)
            : shape[1] == Shape.Unknown ? throw NetworkErrors.InputShape.At(Place, ClassName, "a known number of features", shape)
            : shape[1];
    }
}
