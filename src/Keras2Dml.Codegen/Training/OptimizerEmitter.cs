using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using TrainingOperand = Keras2Dml.Network.Training.TrainingOperand;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training;

/// <summary>A variable that an optimizer changes.</summary>
/// <param name="Name">Variable of the script.</param>
/// <param name="Path">Keras's path: <c>dense/kernel</c>.</param>
/// <param name="Spec">Its declaration: constraint, shape.</param>
/// <param name="Parameter">The model's variable; null outside a model.</param>
internal sealed record TrainedVariable(string Name, string Path, ParameterSpec Spec, ModelParameter? Parameter)
{
    /// <summary>What the optimizer knows of it.</summary>
    public OptimizedVariable Optimized { get; } = new(Path, Spec.Shape, Spec.Storage);
}

/// <summary>A gradient that reaches the optimizer.</summary>
/// <param name="Name">Variable of the script; its value is changed.</param>
/// <param name="Squares">For rows of embeddings: the sum of squares of the single rows; null for other gradients.</param>
/// <param name="Sizes">For rows of embeddings: the sum of their sizes, when the optimizer takes it.</param>
internal sealed record TrainedGradient(string Name, string? Squares = null, string? Sizes = null);

/// <summary>Writes the part of a script that updates variables: slots, clipping, weight decay, the update itself, averages, constraints.</summary>
/// <remarks>The order is that of keras/src/optimizers/base_optimizer.py, <c>apply</c>.</remarks>
internal sealed class OptimizerEmitter
{
    private readonly OptimizerSettings settings;
    private readonly IReadOnlyList<TrainedVariable> variables;
    private readonly SourceTable sources;
    private readonly ScriptNames names;
    private readonly Dictionary<(int Variable, string Slot), string> slots = [];
    private readonly Dictionary<string, string> shared = [];
    private readonly Dictionary<int, string> averages = [];
    private readonly Dictionary<int, string> accumulators = [];
    private readonly List<(OptimizerVariableSpec Spec, string Name)> files = [];

    public OptimizerEmitter(OptimizerSettings settings, IReadOnlyList<TrainedVariable> variables, SourceTable sources, ScriptNames names)
    {
        this.settings = settings;
        this.variables = variables;
        this.sources = sources;
        this.names = names;
        foreach (OptimizerVariableSpec spec in settings.Variables([.. variables.Select(v => v.Optimized)]))
        {
            if (spec.Role is OptimizerVariableRole.Iteration or OptimizerVariableRole.LearningRate or OptimizerVariableRole.Constant)
            {
                continue;
            }

            string name = names.Take(spec.Variable is { } v ? $"{variables[v].Name}_{spec.Slot.Name}" : "optimizer_" + spec.Slot.Name);
            files.Add((spec, name));
            switch (spec.Role)
            {
                case OptimizerVariableRole.Average:
                    averages[spec.Variable!.Value] = name;
                    break;
                case OptimizerVariableRole.GradientAccumulator:
                    accumulators[spec.Variable!.Value] = name;
                    break;
                case OptimizerVariableRole.Slot:
                    slots[(spec.Variable!.Value, spec.Slot.Name)] = name;
                    break;
                default:
                    shared[spec.Slot.Name] = name;
                    break;
            }
        }
    }

    /// <summary>Name of the variable that holds the number of calls so far.</summary>
    public static string Iteration => "iteration";

    /// <summary>The script's names of all variables but the number of calls and the rate, in Keras's order.</summary>
    public IReadOnlyList<(OptimizerVariableSpec Spec, string Name)> Slots => files;

    /// <summary>The variables that the script keeps as numbers: calls and rate.</summary>
    public IEnumerable<OptimizerVariableSpec> Scalars => settings.Variables([]).Where(s => s.Role is OptimizerVariableRole.Iteration or OptimizerVariableRole.LearningRate);

    /// <summary>Reads the number of calls and the slots.</summary>
    public void Read(ScriptWriter writer, List<ScriptBinding> reads)
    {
        writer.Line($"{Iteration}_file = read(model + \"/{Iteration}.csv\", format=\"csv\")", "1 x 1, updates so far");
        writer.Line($"{Iteration} = as.scalar({Iteration}_file)");
        reads.Add(IterationBinding());
        foreach ((OptimizerVariableSpec spec, string name) in files)
        {
            writer.Line($"{name} = read(model + \"/{name}.csv\", format=\"csv\")", spec.Storage is { } storage ? Invariant($"{storage.Rows} x {storage.Columns}") : "1 x 1");
            reads.Add(Binding(spec, name));
        }
    }

    /// <summary>Writes the number of calls, the learning rate and the slots.</summary>
    public void Write(ScriptWriter writer, List<ScriptBinding> writes)
    {
        writer.Lines($"{Iteration}_file = as.matrix({Iteration})", $"write({Iteration}_file, out + \"/{Iteration}.csv\", format=\"csv\")");
        writes.Add(IterationBinding());
        if (settings.Schedule is null)
        {
            writer.Lines("learning_rate = as.matrix(lr)", "write(learning_rate, out + \"/learning_rate.csv\", format=\"csv\")");
            OptimizerVariableSpec rate = settings.Variables([]).First(v => v.Role == OptimizerVariableRole.LearningRate);
            writes.Add(new ScriptBinding(BindingRole.OptimizerSlot, "learning_rate", IsArgument: false, Slot: rate.Name, Optimizer: rate));
        }

        foreach ((OptimizerVariableSpec spec, string name) in files)
        {
            writer.Line($"write({name}, out + \"/{name}.csv\", format=\"csv\")");
            writes.Add(Binding(spec, name));
        }
    }

    /// <summary>Writes the scaling of the loss, which multiplies all gradients; nothing without one.</summary>
    public void ScaleLoss(ScriptWriter writer, IReadOnlyList<TrainedGradient?> gradients)
    {
        string? factor = settings.DynamicScale is not null ? $"as.scalar({shared["dynamic_scale"]})" : settings.LossScaleFactor is { } constant ? DmlText.Double(constant) : null;
        if (factor is not null)
        {
            writer.Line($"loss_scale = {factor}");
            ForEach(gradients, (_, g) => Scale(writer, g, "* loss_scale"));
        }
    }

    /// <summary>Writes one call of the optimizer.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="gradients">Gradient of each variable; null for a variable that gets none.</param>
    /// <param name="rate">Expression of the learning rate of this call.</param>
    public void Update(ScriptWriter writer, IReadOnlyList<TrainedGradient?> gradients, string rate)
    {
        if (settings.DynamicScale is not { } scaling)
        {
            if (settings.LossScaleFactor is { } factor)
            {
                ForEach(gradients, (_, g) => Scale(writer, g, "/ " + DmlText.Double(factor)));
            }

            UpdateUnscaled(writer, gradients, rate);
            return;
        }

        // A step with a gradient that is not finite is left out (keras/src/optimizers/loss_scale_optimizer.py).
        string counter = shared["step_counter"], scale = shared["dynamic_scale"];
        string[] finite = [.. gradients.OfType<TrainedGradient>().Select(g => $"{sources.Function("optimizers/loss_scale", "finite")}({g.Name})")];
        writer.Line("all_finite = TRUE");
        writer.Lines(finite.SelectMany(f => new[] { $"is_finite = {f}", "all_finite = all_finite & is_finite" }));
        writer.Open("if (all_finite)");
        writer.Line($"loss_scale = as.scalar({scale})");
        ForEach(gradients, (_, g) => Scale(writer, g, "/ loss_scale"));
        UpdateUnscaled(writer, gradients, rate);
        writer.Line(Invariant($"[{counter}, {scale}] = {sources.Function("optimizers/loss_scale", "after_update")}({counter}, {scale}, {scaling.GrowthSteps})"));
        writer.Else();
        writer.Line($"[{counter}, {scale}] = {sources.Function("optimizers/loss_scale", "after_overflow")}({scale})");
        writer.Close();
    }

    private void UpdateUnscaled(ScriptWriter writer, IReadOnlyList<TrainedGradient?> gradients, string rate)
    {
        if (settings.Accumulates)
        {
            int k = settings.Optimizer.Int("gradient_accumulation_steps");
            writer.Open(Invariant($"if (({Iteration} + 1) %% {k} == 0)"));
            ForEach(gradients, (i, g) => writer.Line(Invariant($"{g.Name} = ({g.Name} + {accumulators[i]}) / {k}")));
            Apply(writer, [.. gradients.Select(g => g is null ? null : new TrainedGradient(g.Name))], rate);
            ForEach(gradients, (i, _) => writer.Line($"{accumulators[i]} = matrix(0, rows=nrow({accumulators[i]}), cols=ncol({accumulators[i]}))"));
            writer.Else();
            ForEach(gradients, (i, g) => writer.Line($"{accumulators[i]} = {accumulators[i]} + {g.Name}"));
            writer.Close();
        }
        else
        {
            Apply(writer, gradients, rate);
        }

        if (settings.UseEma)
        {
            Average(writer);
        }

        ForEach(gradients, (i, _) => Constrain(writer, variables[i]));
        writer.Line($"{Iteration} = {Iteration} + 1");
    }

    /// <summary>Copies averages into the variables after the last update (finalize_variable_values).</summary>
    public void Finish(ScriptWriter writer)
    {
        if (settings.UseEma)
        {
            for (int i = 0; i < variables.Count; i++)
            {
                writer.Line($"{variables[i].Name} = {averages[i]}");
            }
        }
    }

    /// <summary>How the rows of embedding gradients are clipped before they are added; null when they are not.</summary>
    public Func<string, string>? ClipRows => settings is { ClipNorm: null, GlobalClipNorm: null, ClipValue: { } value } && !settings.Accumulates
        ? gradient => $"{sources.Function("optimizers/clip", "by_value")}({gradient}, {DmlText.Double(value)})"
        : null;

    /// <summary>True when the optimizer takes <see cref="TrainedGradient.Sizes"/>.</summary>
    public bool TakesRowSizes => settings.Definition.TakesRowSizes;

    /// <summary>True when <see cref="Finish"/> has something to do.</summary>
    public bool HasFinish => settings.UseEma;

    /// <summary>The script's names of averages, by variable.</summary>
    public IReadOnlyDictionary<int, string> Averages => averages;

    // Number of updates so far: with accumulation, Keras's iterations counts updates and not calls.
    private string Updates => settings.Accumulates ? Invariant($"floor({Iteration} / {settings.Optimizer.Int("gradient_accumulation_steps")})") : Iteration;

    private static void ForEach(IReadOnlyList<TrainedGradient?> gradients, Action<int, TrainedGradient> action)
    {
        for (int i = 0; i < gradients.Count; i++)
        {
            if (gradients[i] is { } gradient)
            {
                action(i, gradient);
            }
        }
    }

    // The gradient and what belongs to it, by a factor.
    private static void Scale(ScriptWriter writer, TrainedGradient gradient, string operation)
    {
        writer.Line($"{gradient.Name} = {gradient.Name} {operation}");
        if (gradient.Squares is { } squares)
        {
            writer.Line($"{squares} = {squares} {operation[..2]}({operation[2..]})^2");
        }

        if (gradient.Sizes is { } sizes)
        {
            writer.Line($"{sizes} = {sizes} {operation}");
        }
    }

    private void Apply(ScriptWriter writer, IReadOnlyList<TrainedGradient?> gradients, string rate)
    {
        Clip(writer, gradients);
        if (settings is { ClipNorm: null, GlobalClipNorm: not null })
        {
            // The factor of a global norm adds the rows of embeddings up (keras/src/optimizers/base_optimizer.py, clip_by_global_norm).
            gradients = [.. gradients.Select(g => g is null ? null : new TrainedGradient(g.Name))];
        }

        if (settings.Definition.SharedUpdate is { } sharedUpdate)
        {
            Emit(writer, sharedUpdate(settings.Optimizer), 0, new TrainedGradient(""), rate);
        }

        ForEach(gradients, (i, gradient) =>
        {
            string w = variables[i].Name;
            if (settings.WeightDecayOf(variables[i].Optimized) is { } decay)
            {
                writer.Line($"{w} = {w} - {w} * {DmlText.Double(decay)} * {rate}");
            }

            TrainingCall update = settings.Definition.Update(settings.Optimizer, variables[i].Optimized);
            if (gradient.Squares is null)
            {
                Emit(writer, update, i, gradient, rate);
            }
            else if (settings.IsLegacy)
            {
                EmitLegacyRows(writer, update, i, gradient, rate);
            }
            else
            {
                Emit(writer, settings.Definition.RowUpdate?.Invoke(settings.Optimizer, variables[i].Optimized) ?? update, i, gradient, rate);
            }
        });
    }

    // Rows that do not occur in the batch keep what would only decay.
    private void EmitLegacyRows(ScriptWriter writer, TrainingCall update, int variable, TrainedGradient gradient, string rate)
    {
        if (settings.Definition.LegacyRows?.Invoke(settings.Optimizer) is not { } everywhere)
        {
            Emit(writer, update, variable, gradient, rate);
            return;
        }

        (string Now, string Before)[] kept = [.. update.Results.Except(everywhere).Select(r => Text(r, variable, gradient, rate, update.File)).Select(r => (r, names.Take(r + "_before")))];
        string occurs = names.Take(variables[variable].Name + "_occurs");
        writer.Line($"{occurs} = (rowMaxs({gradient.Squares}) > 0)", "rows with a gradient");
        writer.Lines(kept.Select(k => $"{k.Before} = {k.Now}"));
        Emit(writer, update, variable, gradient, rate);
        writer.Lines(kept.Select(k => $"{k.Now} = {k.Now} * {occurs} + {k.Before} * (1 - {occurs})"));
    }

    private void Emit(ScriptWriter writer, TrainingCall call, int variable, TrainedGradient gradient, string rate)
    {
        string[] results = [.. call.Results.Select(r => Text(r, variable, gradient, rate, call.File))];
        string arguments = string.Join(", ", call.Arguments.Select(a => Text(a, variable, gradient, rate, call.File)));
        string target = results.Length == 1 ? results[0] : $"[{string.Join(", ", results)}]";
        writer.Line($"{target} = {sources.Function(call.File, call.Function)}({arguments})");
    }

    private string Text(TrainingOperand operand, int variable, TrainedGradient gradient, string rate, string file) =>
        operand switch
        {
            WeightOperand => variables[variable].Name,
            GradientOperand => gradient.Name,
            SquaredGradientOperand => gradient.Squares ?? $"{gradient.Name}^2",
            GradientSizeOperand => gradient.Sizes ?? $"abs({gradient.Name})",
            LearningRateOperand { Factor: 1 } => rate,
            LearningRateOperand scaled => $"{rate} * {DmlText.Double(scaled.Factor)}",
            StepOperand => $"{Updates} + 1",
            SlotOperand slot => slots[(variable, slot.Name)],
            SharedSlotOperand slot => shared[slot.Name],
            ConstantOperand constant => constant.Text,
            _ => throw new InvalidOperationException($"The operand {operand.GetType().Name} of {file} is unknown."),
        };

    // Keras takes the first of clipnorm, global_clipnorm, clipvalue that is given. Norms of embedding rows are those of the single rows.
    private void Clip(ScriptWriter writer, IReadOnlyList<TrainedGradient?> gradients)
    {
        string SumOfSquares(TrainedGradient gradient) => $"sum({gradient.Squares ?? gradient.Name + "^2"})";
        if (settings.ClipNorm is { } norm)
        {
            ForEach(gradients, (_, g) =>
            {
                if (g.Squares is null)
                {
                    writer.Line($"{g.Name} = {sources.Function("optimizers/clip", "by_norm")}({g.Name}, {DmlText.Double(norm)})");
                }
                else
                {
                    writer.Line($"clip_factor = {DmlText.Double(norm)} / max(sqrt({SumOfSquares(g)}), {DmlText.Double(norm)})");
                    Scale(writer, g, "* clip_factor");
                }
            });
        }
        else if (settings.GlobalClipNorm is { } global)
        {
            var squaresOfAll = new List<string>();
            ForEach(gradients, (_, g) => squaresOfAll.Add(SumOfSquares(g)));
            writer.Line($"clip_factor = {sources.Function("optimizers/clip", "global_scale")}({string.Join(" + ", squaresOfAll)}, {DmlText.Double(global)})");
            ForEach(gradients, (_, g) => writer.Line($"{g.Name} = {g.Name} * clip_factor"));
        }
        else if (settings.ClipValue is { } value)
        {
            ForEach(gradients, (_, g) =>
            {
                // Rows of embeddings were clipped one by one before they were added.
                if (g.Squares is null)
                {
                    writer.Line($"{g.Name} = {sources.Function("optimizers/clip", "by_value")}({g.Name}, {DmlText.Double(value)})");
                }
            });
        }
    }

    // All variables, also those that a step gives no gradient.
    private void Average(ScriptWriter writer)
    {
        writer.Lines(averages.Select(a => $"{a.Value} = {sources.Function("optimizers/ema", "update")}({a.Value}, {variables[a.Key].Name}, {DmlText.Double(settings.EmaMomentum)}, {Updates})"));
        if (settings.EmaOverwriteFrequency is { } frequency)
        {
            writer.Open(Invariant($"if (({Updates} + 1) %% {frequency} == 0)"));
            writer.Lines(averages.Select(a => $"{variables[a.Key].Name} = {a.Value}"));
            writer.Close();
        }
    }

    private void Constrain(ScriptWriter writer, TrainedVariable variable)
    {
        if (variable.Spec.Constraint is { } constraint)
        {
            ConstraintDefinition definition = ConstraintTable.Find(constraint);
            string constants = string.Concat(definition.Constants(constraint, variable.Spec).Cast<LiteralOperand>().Select(c => ", " + c.Text));
            writer.Line($"{variable.Name} = {sources.Function(definition.File, "project")}({variable.Name}{constants})");
        }
    }

    private ScriptBinding Binding(OptimizerVariableSpec spec, string name) =>
        new(BindingRole.OptimizerSlot, name, IsArgument: false, 0, spec.Variable is { } v ? variables[v].Parameter : null, spec.Name, spec);

    private ScriptBinding IterationBinding()
    {
        OptimizerVariableSpec spec = settings.Variables([]).First(v => v.Role == OptimizerVariableRole.Iteration);
        return new(BindingRole.OptimizerSlot, Iteration, IsArgument: false, Slot: spec.Name, Optimizer: spec);
    }
}
