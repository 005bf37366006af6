using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training;

/// <summary>What all optimizers have in common, read from an optimizer's configuration.</summary>
internal sealed class OptimizerSettings
{
    private readonly KerasObject outer;

    public OptimizerSettings(KerasObject optimizer)
    {
        outer = optimizer;
        Optimizer = OptimizerTable.Find(optimizer).Inner?.Invoke(optimizer) ?? optimizer;
        Definition = OptimizerTable.Find(Optimizer);
        DynamicScale = ReferenceEquals(Optimizer, optimizer) ? null : new LossScaling(optimizer.Double("initial_scale"), optimizer.Int("dynamic_growth_steps"));
    }

    /// <summary>The optimizer that makes the updates.</summary>
    public KerasObject Optimizer { get; }

    public OptimizerDefinition Definition { get; }

    /// <summary>How the loss is scaled by a LossScaleOptimizer around the optimizer; null without one.</summary>
    public LossScaling? DynamicScale { get; }

    /// <summary>True for optimizers of Keras 1 and 2 with <c>decay</c> (tf_keras's legacy optimizers): some formulas differ.</summary>
    public bool IsLegacy => IsLegacyOptimizer(Optimizer);

    /// <summary>The schedule; null for a plain learning rate.</summary>
    public KerasObject? Schedule => Optimizer.Values["learning_rate"] as KerasObject;

    /// <summary>
    /// The plain learning rate as Keras keeps it, in a float32 variable; with a <see cref="Schedule"/> the rate that it starts from.
    /// </summary>
    public double LearningRate => Schedule is { } schedule ? ScheduleTable.Find(schedule).BaseRate(schedule) : (float)(Optimizer.OptionalDouble("lr") ?? Optimizer.Double("learning_rate"));

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

    /// <summary>The loss is multiplied and gradients are divided by it; null for none. A LossScaleOptimizer does that by itself.</summary>
    public double? LossScaleFactor => DynamicScale is not null ? null : Optimizer.OptionalDouble("loss_scale_factor");

    /// <summary>Number of calls per update; 1 when gradients are not accumulated.</summary>
    public int AccumulationSteps => Optimizer.OptionalInt("gradient_accumulation_steps") is { } k and > 1 ? k : 1;

    /// <summary>True when gradients are accumulated over calls.</summary>
    public bool Accumulates => Optimizer.OptionalInt("gradient_accumulation_steps") is > 0;

    /// <summary>The weight decay of a variable; null when it has none, or when a pattern of <c>exclude_from_weight_decay</c> occurs in its path.</summary>
    public double? WeightDecayOf(OptimizedVariable variable)
    {
        double? decay = Definition.WeightDecay is { } own ? own(Optimizer, variable) : WeightDecay;
        return decay is not null && !Matches(Optimizer.Values["exclude_from_weight_decay"], variable.Path) ? decay : null;
    }

    /// <summary>True when one of a list of regular expressions occurs in a text.</summary>
    public static bool Matches(object? patterns, string text) =>
        patterns is object?[] list && Array.Exists(list, p => p is string s && System.Text.RegularExpressions.Regex.IsMatch(text, s, System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));

    /// <summary>True for the optimizers of Keras 1 and 2, whose configuration always has <c>decay</c>.</summary>
    public static bool IsLegacyOptimizer(KerasObject optimizer) => optimizer.Values["decay"] is not null || optimizer.Values["lr"] is not null;

    /// <summary>A rate of an optimizer (a beta, rho, momentum): the optimizers of Keras 1 and 2 keep them as float32 values, those of Keras 3 as doubles.</summary>
    public static double Rate(KerasObject optimizer, string argument) => IsLegacyOptimizer(optimizer) ? (float)optimizer.Double(argument) : optimizer.Double(argument);

    /// <summary>Number of the variables of a LossScaleOptimizer, which stand before those of the optimizer in it; 0 without one.</summary>
    public int OuterVariables => DynamicScale is null ? 0 : 4;

    /// <summary>All variables of the optimizer in Keras's order, as its files list them.</summary>
    /// <param name="variables">The trained variables in order.</param>
    public IReadOnlyList<OptimizerVariableSpec> Variables(IReadOnlyList<OptimizedVariable> variables)
    {
        List<OptimizerVariableSpec> result = [];
        if (DynamicScale is { } scale)
        {
            // Its own number of calls and learning rate stay 0 (keras/src/optimizers/loss_scale_optimizer.py).
            result.Add(Scalar(OptimizerVariableRole.Constant, new OptimizerSlot("iteration") { Type = ElementType.Int64 }));
            result.Add(Scalar(OptimizerVariableRole.Constant, new OptimizerSlot("learning_rate")));
            result.Add(Scalar(OptimizerVariableRole.Shared, new OptimizerSlot("step_counter") { Type = ElementType.Int32 }));
            result.Add(Scalar(OptimizerVariableRole.Shared, new OptimizerSlot("dynamic_scale", scale.Initial)));
        }

        result.Add(Scalar(OptimizerVariableRole.Iteration, new OptimizerSlot("iteration") { Type = ElementType.Int64 }));
        if (Schedule is null)
        {
            result.Add(Scalar(OptimizerVariableRole.LearningRate, new OptimizerSlot("learning_rate", LearningRate)));
        }

        if (UseEma)
        {
            result.AddRange(PerVariable(OptimizerVariableRole.Average, _ => [new OptimizerSlot("average")]));
        }

        if (Accumulates)
        {
            result.AddRange(PerVariable(OptimizerVariableRole.GradientAccumulator, _ => [new OptimizerSlot("gradient_accumulator")]));
        }

        IReadOnlyList<IReadOnlyList<OptimizerSlot>>[] groups = [.. variables.Select(v => Definition.Slots(Optimizer, v))];
        for (int g = 0; g < groups.Select(s => s.Count).DefaultIfEmpty(0).Max(); g++)
        {
            int group = g;
            result.AddRange(PerVariable(OptimizerVariableRole.Slot, i => groups[i].Count > group ? groups[i][group] : []));
        }

        result.AddRange(Definition.SharedSlots.Select(s => Scalar(OptimizerVariableRole.Shared, s)));
        return [.. result.Select((v, i) => v with { Position = i, Owner = i < OuterVariables ? NameOf(outer) : NameOf(Optimizer) })];

        static OptimizerVariableSpec Scalar(OptimizerVariableRole role, OptimizerSlot slot) => new(role, slot.Name, null, slot, [], null);

        IEnumerable<OptimizerVariableSpec> PerVariable(OptimizerVariableRole role, Func<int, IReadOnlyList<OptimizerSlot>> slots) =>
            from i in Enumerable.Range(0, variables.Count)
            from slot in slots(i)
            select Of(role, i, slot);

        OptimizerVariableSpec Of(OptimizerVariableRole role, int i, OptimizerSlot slot)
        {
            OptimizedVariable variable = variables[i];
            (IReadOnlyList<int> shape, MatrixStorage? storage) = slot.Shape switch
            {
                SlotShape.WithoutLastAxis => variable.Without(-1),
                SlotShape.WithoutSecondLastAxis => variable.Without(-2),
                SlotShape.Unused => ([], null),
                _ => (variable.Shape, variable.Storage),
            };
            string name = slot.IsNamedAsVariable ? variable.Name : variable.Path.Replace('/', '_') + "_" + slot.Name;
            return new(slot.Shape == SlotShape.Unused ? OptimizerVariableRole.Constant : role, name, i, slot, shape, storage);
        }
    }

    private static string NameOf(KerasObject optimizer) => optimizer.OptionalString("name") ?? optimizer.ClassName.ToLowerInvariant();

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

    /// <summary>A value that files hold and nothing uses or changes.</summary>
    Constant,
}

/// <summary>A variable of an optimizer, with its place in Keras's order given by the list that holds it.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Name">Keras's name without the optimizer's: <c>iteration</c>, <c>dense_kernel_momentum</c>.</param>
/// <param name="Variable">Index of the trained variable; null for scalars of the optimizer.</param>
/// <param name="Slot">Name and initial value.</param>
/// <param name="Shape">Keras's shape.</param>
/// <param name="Storage">How it lies in its DML matrix; null for scalars.</param>
internal sealed record OptimizerVariableSpec(OptimizerVariableRole Role, string Name, int? Variable, OptimizerSlot Slot, IReadOnlyList<int> Shape, MatrixStorage? Storage)
{
    /// <summary>Name of the optimizer that it belongs to.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Place in Keras's order. Names may repeat in models with nested models; places do not.</summary>
    public int Position { get; init; }
}

/// <summary>How a LossScaleOptimizer scales the loss: by a factor that is halved when a gradient is not finite, and doubled after some steps without that.</summary>
/// <param name="Initial">The factor at the start.</param>
/// <param name="GrowthSteps">The number of steps.</param>
internal sealed record LossScaling(double Initial, int GrowthSteps);
