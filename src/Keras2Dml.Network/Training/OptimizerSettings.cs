using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>What all optimizers have in common, read from an optimizer's configuration.</summary>
internal sealed class OptimizerSettings(KerasObject optimizer)
{
    /// <summary>The optimizer.</summary>
    public KerasObject Optimizer { get; } = optimizer;

    public OptimizerDefinition Definition { get; } = OptimizerTable.Find(optimizer);

    /// <summary>True for optimizers of Keras 1 and 2 with <c>decay</c> (tf_keras's legacy optimizers): some formulas differ.</summary>
    public bool IsLegacy => IsLegacyOptimizer(Optimizer);

    /// <summary>The schedule; null for a plain learning rate.</summary>
    public KerasObject? Schedule => Optimizer.Values["learning_rate"] as KerasObject;

    /// <summary>
    /// The plain learning rate as Keras keeps it, in a float32 variable; meaningless with a <see cref="Schedule"/>.
    /// </summary>
    public double LearningRate => (float)(Optimizer.OptionalDouble("lr") ?? Optimizer.Double("learning_rate"));

    /// <summary>Keras 2's <c>decay</c>: the rate is divided by (1 + decay * iteration). 0 for none.</summary>
    public double Decay => Definition.HasRateDecay ? Optimizer.OptionalDouble("decay") ?? 0 : 0;

    /// <summary>Decoupled weight decay: <c>w -= w * decay * lr</c> before the update; null for none.</summary>
    public double? WeightDecay => Optimizer.OptionalDouble("weight_decay");

    public double? ClipNorm => Positive("clipnorm");

    public double? GlobalClipNorm => Positive("global_clipnorm");

    public double? ClipValue => Positive("clipvalue");

    public bool UseEma => Optimizer.Bool("use_ema");

    public double EmaMomentum => Optimizer.Double("ema_momentum");

    /// <summary>Every how many updates the averages replace the weights; null: once, after fit (Keras's finalize_variable_values).</summary>
    public int? EmaOverwriteFrequency => Optimizer.OptionalInt("ema_overwrite_frequency") is { } f and > 0 ? f : null;

    /// <summary>Gradients are divided by it; null for none.</summary>
    public double? LossScaleFactor => Optimizer.OptionalDouble("loss_scale_factor");

    /// <summary>Number of calls per update; 1 when gradients are not accumulated.</summary>
    public int AccumulationSteps => Optimizer.OptionalInt("gradient_accumulation_steps") is { } k and > 1 ? k : 1;

    /// <summary>True when gradients are accumulated over calls.</summary>
    public bool Accumulates => Optimizer.OptionalInt("gradient_accumulation_steps") is > 0;

    /// <summary>True when a variable takes part in weight decay: none of the patterns in <c>exclude_from_weight_decay</c> occurs in its path.</summary>
    public bool DecaysWeight(string path) =>
        WeightDecay is not null && (Optimizer.Values["exclude_from_weight_decay"] is not object?[] patterns || !Array.Exists(patterns, p => p is string s && System.Text.RegularExpressions.Regex.IsMatch(path, s, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))));

    /// <summary>True for the optimizers of Keras 1 and 2, whose configuration always has <c>decay</c>.</summary>
    public static bool IsLegacyOptimizer(KerasObject optimizer) => optimizer.Values["decay"] is not null || optimizer.Values["lr"] is not null;

    /// <summary>A rate of an optimizer (a beta, rho, momentum): the optimizers of Keras 1 and 2 keep them as float32 values, those of Keras 3 as doubles.</summary>
    public static double Rate(KerasObject optimizer, string argument) => IsLegacyOptimizer(optimizer) ? (float)optimizer.Double(argument) : optimizer.Double(argument);

    /// <summary>All variables of the optimizer in Keras's order, as its files list them.</summary>
    /// <param name="variables">Paths of the trained variables in order: <c>dense/kernel</c>.</param>
    public IReadOnlyList<OptimizerVariableSpec> Variables(IReadOnlyList<string> variables)
    {
        List<OptimizerVariableSpec> result = [new(OptimizerVariableRole.Iteration, "iteration", null, new OptimizerSlot("iteration"))];
        if (Schedule is null)
        {
            result.Add(new(OptimizerVariableRole.LearningRate, "learning_rate", null, new OptimizerSlot("learning_rate", LearningRate)));
        }

        if (UseEma)
        {
            result.AddRange(PerVariable(OptimizerVariableRole.Average, [new OptimizerSlot("average")]));
        }

        if (Accumulates)
        {
            result.AddRange(PerVariable(OptimizerVariableRole.GradientAccumulator, [new OptimizerSlot("gradient_accumulator")]));
        }

        foreach (IReadOnlyList<OptimizerSlot> group in Definition.Slots(Optimizer))
        {
            result.AddRange(PerVariable(OptimizerVariableRole.Slot, group));
        }

        result.AddRange(Definition.SharedSlots.Select(s => new OptimizerVariableSpec(OptimizerVariableRole.Shared, s.Name, null, s)));
        return [.. result.Select((v, i) => v with { Position = i })];

        IEnumerable<OptimizerVariableSpec> PerVariable(OptimizerVariableRole role, IReadOnlyList<OptimizerSlot> group) =>
            from i in Enumerable.Range(0, variables.Count)
            from slot in @group
            select new OptimizerVariableSpec(role, variables[i].Replace('/', '_') + "_" + slot.Name, i, slot);
    }

    private double? Positive(string argument) => Optimizer.OptionalDouble(argument) is { } v and > 0 ? v : null;
}

/// <summary>What a variable of an optimizer is.</summary>
internal enum OptimizerVariableRole
{
    /// <summary>Number of calls so far, an int64 scalar.</summary>
    Iteration,

    /// <summary>The plain learning rate, a float32 scalar.</summary>
    LearningRate,

    /// <summary>Moving average of a trained variable (<c>use_ema</c>).</summary>
    Average,

    /// <summary>Sum of gradients since the last update.</summary>
    GradientAccumulator,

    /// <summary>A slot of the algorithm, per trained variable.</summary>
    Slot,

    /// <summary>A slot of the algorithm, for the whole optimizer.</summary>
    Shared,
}

/// <summary>A variable of an optimizer, with its place in Keras's order given by the list that holds it.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Name">Keras's name without the optimizer's: <c>iteration</c>, <c>dense_kernel_momentum</c>.</param>
/// <param name="Variable">Index of the trained variable; null for scalars of the optimizer.</param>
/// <param name="Slot">Name and initial value.</param>
internal sealed record OptimizerVariableSpec(OptimizerVariableRole Role, string Name, int? Variable, OptimizerSlot Slot)
{
    /// <summary>Place in Keras's order. Names may repeat in models with nested models; places do not.</summary>
    public int Position { get; init; }
}
