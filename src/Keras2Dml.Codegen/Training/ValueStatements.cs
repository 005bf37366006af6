using Keras2Dml.Codegen.Writing;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training;

/// <summary>Weights of a loss's or metric's values in a script: sample weights or a mask.</summary>
/// <param name="Name">Variable or expression in brackets.</param>
/// <param name="Columns">Its columns: 1, the number of positions, or a divisor of that (each column stands for several positions).</param>
internal sealed record ValueWeights(string Name, int Columns);

/// <summary>Writes value functions and reductions, for whatever they belong to.</summary>
internal sealed class ValueStatements(SourceTable sources, ScriptNames names)
{
    private readonly Dictionary<(string Name, AxisToLast Axis), string> ordered = [];

    /// <summary>A tensor with the axis that a function reduces brought to the end.</summary>
    public string InOrder(ScriptWriter writer, string name, AxisToLast? axis)
    {
        if (axis is null)
        {
            return name;
        }

        if (!ordered.TryGetValue((name, axis), out string? result))
        {
            ordered[(name, axis)] = result = names.Take(name + "_by_axis");
            writer.Line(Invariant($"{result} = {sources.Function("util/layout", "axis_to_last")}({name}, {axis.Outer}, {axis.Size}, {axis.Inner})"));
        }

        return result;
    }

    /// <summary>The call of a function's forward.</summary>
    /// <param name="function">The function.</param>
    /// <param name="prediction">Predictions in the function's order of axes.</param>
    /// <param name="target">Targets likewise.</param>
    public string Forward(ValueFunction function, string prediction, string target) =>
        $"{sources.Function(function.File, function.ForwardName)}({string.Join(", ", [prediction, target, .. Constants(function)])})";

    /// <summary>Writes a loss of a batch: values, weights, reduction. Returns the variable of the loss and that of the factors for <see cref="Backward"/>.</summary>
    public (string Loss, string Factor) Loss(
        ScriptWriter writer, string stem, KerasObject config, ValueFunction function, string prediction, string target, ValueWeights? sampleWeights, ValueWeights? mask)
    {
        string x = InOrder(writer, prediction, function.Axis);
        string y = function.TargetHasAxis ? InOrder(writer, target, function.Axis) : target;
        string counted = y;
        if (function.IgnoredLabel is { } ignored)
        {
            // Ignored labels may be no class at all: the function gets class 0 there, the value has weight 0.
            counted = names.Take(stem + "_counted");
            writer.Line($"{counted} = ({y} != {DmlText.Double(ignored)})", "positions that count");
            writer.Line($"{y = names.Take(stem + "_labels")} = {target} * {counted}");
            mask = And(mask, counted, function.Positions);
        }

        string values = names.Take(stem + "_values");
        writer.Line($"{values} = {Forward(function, x, y)}", SizeOf(function));
        if (function.SkipsZeros)
        {
            mask = And(mask, $"({values} != 0)", function.Positions);
        }

        LossReduction reduction = LossDefinition.Reduction(config);
        string? weights = Weights(writer, stem, function, config, reduction, sampleWeights, mask);
        string value = names.Take(stem + "_value");
        string factor = names.Take(stem + "_factor");
        string weighed = function.IsPerBatch && weights is not null ? $"matrix(as.scalar({values}), rows=nrow({weights}), cols=ncol({weights}))" : values;
        writer.Line($"[{value}, {factor}] = {sources.Function("losses/reduction", LossDefinition.ReductionFunction(reduction, weights is not null))}({weighed}{(weights is null ? "" : ", " + weights)})");
        if (weighed != values)
        {
            writer.Line($"{factor} = as.matrix(sum({factor}))", "the value of the batch counts once for each weight");
        }

        made[factor] = (x, y);
        return (value, factor);
    }

    /// <summary>Writes the gradient of a loss in its predictions.</summary>
    /// <param name="writer">Receives the lines.</param>
    /// <param name="gradient">Variable that takes it.</param>
    /// <param name="function">The loss's function.</param>
    /// <param name="factor">The factor that <see cref="Loss"/> gave.</param>
    /// <param name="weightedFactor">The factor times loss weights, an expression.</param>
    public void Backward(ScriptWriter writer, string gradient, ValueFunction function, string factor, string weightedFactor)
    {
        (string x, string y) = made[factor];
        writer.Line($"{gradient} = {sources.Function(function.File, function.BackwardName)}({string.Join(", ", [x, y, weightedFactor, .. Constants(function)])})");
        if (function.Axis is { } axis)
        {
            writer.Line(Invariant($"{gradient} = {sources.Function("util/layout", "axis_from_last")}({gradient}, {axis.Outer}, {axis.Size}, {axis.Inner})"));
        }
    }

    /// <summary>Writes a metric of a batch: adds the sum of its values to a total and the sum of their weights to a count.</summary>
    public void Metric(ScriptWriter writer, string stem, ValueFunction function, string prediction, string target, ValueWeights? sampleWeights, ValueWeights? mask, string total, string count)
    {
        string x = InOrder(writer, prediction, function.Axis);
        string y = function.TargetHasAxis ? InOrder(writer, target, function.Axis) : target;
        string values = names.Take(stem + "_values");
        string? counted = null;
        if (function.IgnoredLabel is { } ignored)
        {
            counted = names.Take(stem + "_counted");
            writer.Line($"{counted} = ({y} != {DmlText.Double(ignored)})");
            writer.Line($"{values} = {Forward(function, x, $"{y} * {counted}")} * {counted}", Invariant($"N x {function.Positions}"));
        }
        else
        {
            writer.Line($"{values} = {Forward(function, x, y)}", Invariant($"N x {function.Positions}"));
        }

        if (sampleWeights is null)
        {
            // Keras takes a mask into account only together with sample weights (keras/src/metrics/reduction_metrics.py, MeanMetricWrapper).
            writer.Line($"{total} = {total} + sum({values})");
            writer.Line($"{count} = {count} + length({values})");
            return;
        }

        if (function.IsPerBatch)
        {
            throw TrainingErrors.NoRowValues.With(stem, function.Positions);
        }

        // Ignored labels have weight 0.
        mask = counted is null ? mask : And(mask, counted, function.Positions);
        string weights = names.Take(stem + "_weights");
        writer.Line($"{weights} = {(mask is null ? Spread(sampleWeights, function.Positions) : Product(mask, sampleWeights, function.Positions).Name)}");
        string spread = mask is null || Product(mask, sampleWeights, function.Positions).Columns == function.Positions ? weights : Spread(new ValueWeights(weights, 1), function.Positions);
        writer.Line($"{total} = {total} + sum({values} * {spread})");
        writer.Line($"{count} = {count} + sum({spread})");
    }

    /// <summary>Writes a metric of a batch: brings its state up to date. Keras takes no mask into account here.</summary>
    public void Metric(ScriptWriter writer, StateMetric metric, string prediction, string target, ValueWeights? sampleWeights, string state)
    {
        string x = InOrder(writer, prediction, metric.PredictionAxis);
        string y = InOrder(writer, target, metric.TargetAxis);
        string weights = sampleWeights is null ? Invariant($"matrix(1, rows=nrow({x}), cols={metric.Positions})") : Spread(sampleWeights, metric.Positions);
        writer.Line($"{state} = {sources.Function(metric.File, metric.UpdateName)}({string.Join(", ", [state, x, y, weights, .. Texts(metric.UpdateConstants)])})", Invariant($"{metric.Rows} x {metric.Columns}"));
    }

    /// <summary>A mean metric's number from its sums.</summary>
    public static string Result(MeanMetric metric, string total, string count) => metric.Result switch
    {
        MeanResult.SquareRoot => $"sqrt({total} / {count})",
        MeanResult.Total => total,
        _ => $"{total} / {count}",
    };

    /// <summary>The call that gives a metric's numbers.</summary>
    public string Result(StateMetric metric, string state) =>
        $"{sources.Function(metric.File, metric.ResultName)}({string.Join(", ", [state, .. Texts(metric.ResultConstants)])})";

    private readonly Dictionary<string, (string Prediction, string Target)> made = [];

    private static IEnumerable<string> Constants(ValueFunction function) => Texts(function.Constants);

    private static IEnumerable<string> Texts(IReadOnlyList<Operand> constants) => constants.Cast<LiteralOperand>().Select(c => c.Text);

    private static string SizeOf(ValueFunction function) => function.IsPairwise ? "N x N" : Invariant($"{(function.IsPerBatch ? "1" : "N")} x {function.Positions}");

    /// <summary>A mask together with the positions that count.</summary>
    private static ValueWeights And(ValueWeights? mask, string counted, int positions) =>
        mask is null ? new ValueWeights(counted, positions) : mask with { Name = $"({Spread(mask, positions)} * {counted})", Columns = positions };

    /// <summary>Sample weights and mask of a loss as one matrix that multiplies its values; null for none.</summary>
    private string? Weights(ScriptWriter writer, string stem, ValueFunction function, KerasObject config, LossReduction reduction, ValueWeights? sampleWeights, ValueWeights? mask)
    {
        if (sampleWeights is null && mask is null)
        {
            return null;
        }

        int positions = function.Positions;
        if (function.IsPerBatch && positions > 1)
        {
            throw TrainingErrors.NoRowValues.With(config.ClassName, positions);
        }

        if (mask is not null && reduction == LossReduction.SumOverBatchSize)
        {
            mask = mask with { Name = $"{sources.Function("losses/reduction", "scaled_mask")}({mask.Name})" };
        }

        ValueWeights weights = mask is null ? sampleWeights! : sampleWeights is null ? mask : Product(mask, sampleWeights, positions);
        string result = names.Take(stem + "_weights");

        // One column multiplies all positions; Keras sums it unspread (mean_with_sample_weight).
        writer.Line($"{result} = {(weights.Columns == 1 || function.IsPerBatch ? weights.Name : Spread(weights, positions))}");
        return result;
    }

    /// <summary>Two weights multiplied; the wider one stands on the left, where DML takes it.</summary>
    private static ValueWeights Product(ValueWeights a, ValueWeights b, int positions)
    {
        if (a.Columns != b.Columns && a.Columns != 1 && b.Columns != 1)
        {
            a = new ValueWeights(Spread(a, positions), positions);
            b = new ValueWeights(Spread(b, positions), positions);
        }

        (ValueWeights wide, ValueWeights narrow) = a.Columns >= b.Columns ? (a, b) : (b, a);
        return new ValueWeights($"{wide.Name} * {narrow.Name}", wide.Columns);
    }

    /// <summary>Each column repeated for the positions that it stands for.</summary>
    private static string Spread(ValueWeights weights, int positions)
    {
        if (weights.Columns == positions)
        {
            return weights.Name;
        }

        return weights.Columns == 1
            ? Invariant($"({weights.Name} %*% matrix(1, rows=1, cols={positions}))")
            : Invariant($"matrix(matrix({weights.Name}, rows=length({weights.Name}), cols=1) %*% matrix(1, rows=1, cols={positions / weights.Columns}), rows=nrow({weights.Name}), cols={positions})");
    }
}
