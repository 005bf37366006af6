using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>An optimizer: its declaration, the variables that it keeps, and the function that makes one update.</summary>
internal sealed record OptimizerDefinition
{
    /// <summary>Declaration with every argument of Keras 3 and of older files.</summary>
    public required KerasClass Class { get; init; }

    /// <summary>
    /// The slots of each trained variable in Keras's order: one list of slots per group; Keras creates the slots of a group variable by variable, then the next group.
    /// </summary>
    public required Func<KerasObject, OptimizedVariable, IReadOnlyList<IReadOnlyList<OptimizerSlot>>> Slots { get; init; }

    /// <summary>Slots of the optimizer itself, after those of the variables.</summary>
    public IReadOnlyList<OptimizerSlot> SharedSlots { get; init; } = [];

    /// <summary>True when the <c>decay</c> of Keras 1 and 2 divides the learning rate.</summary>
    public bool HasRateDecay { get; init; } = true;

    /// <summary>Call before the variables are updated, which changes <see cref="SharedSlots"/>; null for none.</summary>
    public Func<KerasObject, TrainingCall>? SharedUpdate { get; init; }

    /// <summary>The update of one variable.</summary>
    public required Func<KerasObject, OptimizedVariable, TrainingCall> Update { get; init; }

    /// <summary>
    /// The update of a variable whose gradient comes as rows that may repeat (embeddings), with <see cref="TrainingOperand.SquaredGradient"/>
    /// or <see cref="TrainingOperand.GradientSize"/>; null when repeated rows make no difference.
    /// </summary>
    public Func<KerasObject, OptimizedVariable, TrainingCall>? RowUpdate { get; init; }

    /// <summary>
    /// For the optimizers of Keras 1 and 2, which add repeated rows up first: what changes in every row when a gradient comes as rows (embeddings); all else changes only in the
    /// rows that occur. Null when there is no difference. (tf_keras/optimizers/legacy, _resource_apply_sparse.)
    /// </summary>
    public Func<KerasObject, IReadOnlyList<TrainingOperand>?>? LegacyRows { get; init; }

    /// <summary>True when <see cref="RowUpdate"/> takes <see cref="TrainingOperand.GradientSize"/>.</summary>
    public bool TakesRowSizes { get; init; }

    /// <summary>The decoupled weight decay of a variable; null for the argument <c>weight_decay</c>.</summary>
    public Func<KerasObject, OptimizedVariable, double?>? WeightDecay { get; init; }

    /// <summary>For an optimizer that wraps another: the other one.</summary>
    public Func<KerasObject, KerasObject>? Inner { get; init; }

    /// <summary>Arguments of every Keras 3 optimizer, and those of Keras 1 and 2 (<c>lr</c>, <c>decay</c>, ...).</summary>
    /// <param name="learningRate">Keras's default.</param>
    /// <param name="weightDecay">Keras's default; null for none.</param>
    public static IReadOnlyList<Argument> CommonArguments(double learningRate, double? weightDecay = null) =>
    [
        Argument.DoubleOrSchedule("learning_rate", learningRate),
        new Argument("weight_decay", ArgumentType.OptionalDouble, weightDecay),
        Argument.OptionalDouble("clipnorm"),
        Argument.OptionalDouble("clipvalue"),
        Argument.OptionalDouble("global_clipnorm"),
        Argument.Bool("use_ema", false),
        Argument.Double("ema_momentum", 0.99, 0, 1),
        Argument.OptionalInt("ema_overwrite_frequency"),
        Argument.OptionalDouble("loss_scale_factor"),
        Argument.OptionalInt("gradient_accumulation_steps"),
        Argument.Text("name", null),
        Argument.OptionalDouble("lr"),
        Argument.OptionalDouble("decay"),
        new Argument("jit_compile", ArgumentType.Bool, false),
        new Argument("is_legacy_optimizer", ArgumentType.Bool, false),
        new Argument("exclude_from_weight_decay", ArgumentType.Any, null),
    ];
}

/// <summary>A variable that an optimizer keeps per trained variable, or for itself (1 x 1).</summary>
/// <param name="Name">Keras's name: <c>momentum</c>. The full name is <c>dense_kernel_momentum</c>.</param>
/// <param name="Initial">Value of every cell at the start.</param>
/// <param name="LegacyName">Name in files of Keras 2's old optimizers (<c>m</c>); null when the same.</param>
internal sealed record OptimizerSlot(string Name, double Initial = 0, string? LegacyName = null)
{
    public SlotShape Shape { get; init; } = SlotShape.Variable;

    /// <summary>
    /// True when Keras copies the variable into the slot if the optimizer is built by itself; in a fit on TensorFlow, which is what we follow, the copy is lost
    /// and the slot starts with <see cref="Initial"/>.
    /// </summary>
    public bool CopiesVariable { get; init; }

    /// <summary>True when Keras gives the slot the variable's own name, without a path: <see cref="Name"/> is only ours.</summary>
    public bool IsNamedAsVariable { get; init; }

    public ElementType Type { get; init; } = ElementType.Float32;
}

/// <summary>Shape of a slot.</summary>
internal enum SlotShape
{
    /// <summary>That of the variable.</summary>
    Variable,

    WithoutLastAxis,

    WithoutSecondLastAxis,

    /// <summary>A scalar that takes no part in anything; Keras keeps it in files.</summary>
    Unused,
}
