using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Codegen.Training;

/// <summary>Writes the losses and metrics of a batch, what is summed up over batches, and the values in the end.</summary>
/// <param name="network">The network whose tensors are there.</param>
/// <param name="plan">Losses and metrics.</param>
/// <param name="sources">Collects the sourced files.</param>
/// <param name="names">Gives out names.</param>
/// <param name="targets">Names of the batch's targets, for each output.</param>
/// <param name="sampleWeights">Names of the batch's sample weights, for each output; null for none.</param>
internal sealed class LossEmitter(LoweredNetwork network, TrainingPlan plan, SourceTable sources, ScriptNames names, IReadOnlyList<string> targets, IReadOnlyList<string?> sampleWeights)
{
    private readonly Dictionary<LossPlan, (string Prediction, string Target, string Factor)> made = [];
    private readonly Dictionary<string, string> totals = [];
    private readonly Dictionary<string, string> counts = [];
    private readonly Dictionary<(string Name, AxisToLast Axis), string> ordered = [];

    /// <summary>Rows of the batch, as an expression.</summary>
    private string Rows => $"nrow({network.Tensors[network.Inputs[0]].Name})";

    /// <summary>Writes the start values of everything that is summed up.</summary>
    public void Start(ScriptWriter writer)
    {
        foreach (string name in plan.Names)
        {
            totals[name] = names.Take(ScriptNames.Identifier(name) + "_total");
            writer.Line($"{totals[name]} = 0.0");
        }

        foreach (MetricPlan metric in plan.Metrics)
        {
            counts[metric.Name] = names.Take(ScriptNames.Identifier(metric.Name) + "_count");
            writer.Line($"{counts[metric.Name]} = 0.0");
        }

        counts["loss"] = names.Take("rows_seen");
        writer.Line($"{counts["loss"]} = 0");
    }

    /// <summary>Writes the losses of a batch and their sum with penalties into <c>loss</c>.</summary>
    public void Losses(ScriptWriter writer, PenaltyEmitter penalties)
    {
        var terms = new List<string>();
        foreach (LossPlan loss in plan.Losses)
        {
            string stem = ScriptNames.Identifier(plan.Losses.Count == 1 ? "loss" : loss.Name);
            string prediction = InOrder(writer, Prediction(loss.Output, loss.TakesLogits), loss.Function.Axis);
            string target = InOrder(writer, targets[loss.Output], loss.Function.Axis);
            string values = names.Take(stem + "_values");
            writer.Line($"{values} = {Forward(loss.Function, prediction, target)}", $"N x {loss.Function.Positions}");
            LossReduction reduction = LossDefinition.Reduction(loss.Config);
            string? weights = Weights(writer, stem, loss, target, reduction);
            string value = names.Take(stem + "_value");
            string factor = names.Take(stem + "_factor");
            string function = LossDefinition.ReductionFunction(reduction, weights is not null);
            writer.Line($"[{value}, {factor}] = {sources.Function("losses/reduction", function)}({values}{(weights is null ? "" : ", " + weights)})");
            made[loss] = (prediction, target, factor);
            terms.Add(loss.Weight == 1 ? value : $"{DmlText.Double(loss.Weight)} * {value}");
            if (plan.HasOutputLosses)
            {
                writer.Line($"{totals[loss.Name]} = {totals[loss.Name]} + {value} * {Rows}");
            }
        }

        string sum = terms.Count == 0 ? "0.0" : string.Join(" + ", terms);
        if (penalties.HasAny)
        {
            string penalty = names.Take("penalty");
            penalties.Forward(writer, penalty);
            sum += " + " + penalty;
        }

        writer.Line($"loss = {sum}");
        writer.Line($"{totals["loss"]} = {totals["loss"]} + loss * {Rows}");
        writer.Line($"{counts["loss"]} = {counts["loss"]} + {Rows}");
    }

    /// <summary>Writes the metrics of a batch.</summary>
    public void Metrics(ScriptWriter writer)
    {
        foreach (MetricPlan metric in plan.Metrics)
        {
            string prediction = InOrder(writer, Prediction(metric.Output, metric.TakesLogits), metric.Function.Axis);
            string target = InOrder(writer, targets[metric.Output], metric.Function.Axis);
            string stem = ScriptNames.Identifier(metric.Name);
            string values = names.Take(stem + "_values");
            writer.Line($"{values} = {Forward(metric.Function, prediction, target)}", $"N x {metric.Function.Positions}");
            string? weights = null;
            if (metric.IsWeighted)
            {
                weights = PositionWeights(metric.Output, metric.Function.Positions);

                // Keras takes a mask into account only together with sample weights (keras/src/metrics/reduction_metrics.py, MeanMetricWrapper).
                if (weights is not null && MaskOf(metric.Output, metric.Function.Positions) is { } mask)
                {
                    weights = $"{weights} * {mask}";
                }
            }

            (string total, string count) = (totals[metric.Name], counts[metric.Name]);
            writer.Line($"{total} = {total} + {(weights is null ? $"sum({values})" : $"sum({values} * {weights})")}");
            writer.Line($"{count} = {count} + {(weights is null ? $"length({values})" : $"sum({weights})")}");
        }
    }

    /// <summary>Writes the gradients of the losses. Returns the gradient of each tensor that a loss takes.</summary>
    public List<(int Tensor, string Gradient)> Backward(ScriptWriter writer)
    {
        var seeds = new List<(int, string)>();
        foreach (LossPlan loss in plan.Losses)
        {
            (string prediction, string target, string factor) = made[loss];
            string weighted = loss.Weight == 1 ? factor : $"{DmlText.Double(loss.Weight)} * {factor}";
            int tensor = Tensor(loss.Output, loss.TakesLogits);
            string gradient = names.Take($"d{network.Tensors[tensor].Name}_{(plan.Losses.Count == 1 ? "loss" : ScriptNames.Identifier(loss.Name))}");
            writer.Line($"{gradient} = {sources.Function(loss.Function.File, loss.Function.BackwardName)}({string.Join(", ", [prediction, target, weighted, .. loss.Function.Constants.Cast<LiteralOperand>().Select(c => c.Text)])})");
            if (loss.Function.Axis is { } axis)
            {
                writer.Line($"{gradient} = {sources.Function("util/layout", "axis_from_last")}({gradient}, {axis.Outer}, {axis.Size}, {axis.Inner})");
            }

            seeds.Add((tensor, gradient));
        }

        return seeds;
    }

    /// <summary>Text of the values over all batches as one row: <c>cbind(...)</c>, in the order of <see cref="TrainingPlan.Names"/>.</summary>
    public string Values()
    {
        string[] values = [.. plan.Names.Select(Value)];
        return values.Length == 1 ? $"as.matrix({values[0]})" : $"cbind({string.Join(", ", values.Select(v => $"as.matrix({v})"))})";
    }

    /// <summary>The mean loss of the batches so far.</summary>
    public string RunningLoss() => $"{totals["loss"]} / {counts["loss"]}";

    private string Value(string name)
    {
        MetricPlan? metric = plan.Metrics.FirstOrDefault(m => m.Name == name);
        string mean = $"{totals[name]} / {(metric is null ? counts["loss"] : counts[name])}";
        return metric?.Result == MetricResult.SquareRoot ? $"sqrt({mean})" : mean;
    }

    private int Tensor(int output, bool logits) => logits ? network.Outputs[output].Logits!.Value : network.Outputs[output].Tensor;

    private string Prediction(int output, bool logits) => network.Tensors[Tensor(output, logits)].Name;

    private string Forward(ValueFunction function, string prediction, string target) =>
        $"{sources.Function(function.File, function.ForwardName)}({string.Join(", ", [prediction, target, .. function.Constants.Cast<LiteralOperand>().Select(c => c.Text)])})";

    /// <summary>A tensor with the axis that a function reduces brought to the end.</summary>
    private string InOrder(ScriptWriter writer, string name, AxisToLast? axis)
    {
        if (axis is null)
        {
            return name;
        }

        if (!ordered.TryGetValue((name, axis), out string? result))
        {
            ordered[(name, axis)] = result = names.Take(name + "_by_axis");
            writer.Line($"{result} = {sources.Function("util/layout", "axis_to_last")}({name}, {axis.Outer}, {axis.Size}, {axis.Inner})");
        }

        return result;
    }

    /// <summary>Sample weights and mask of a loss as one weight for each value; null for none.</summary>
    private string? Weights(ScriptWriter writer, string stem, LossPlan loss, string target, LossReduction reduction)
    {
        int positions = loss.Function.Positions;
        string? mask = MaskOf(loss.Output, positions);
        if (loss.Function.IgnoredLabel is { } ignored)
        {
            string counted = $"({target} != {DmlText.Double(ignored)})";
            mask = mask is null ? counted : $"{mask} * {counted}";
        }

        string? weights = PositionWeights(loss.Output, positions);
        if (mask is null && weights is null)
        {
            return null;
        }

        string result = names.Take(stem + "_weights");
        if (mask is not null)
        {
            string scaled = reduction == LossReduction.SumOverBatchSize ? $"{sources.Function("losses/reduction", "scaled_mask")}({mask})" : mask;
            writer.Line($"{result} = {scaled}");
            if (weights is not null)
            {
                writer.Line($"{result} = {weights} * {result}");
            }
        }
        else
        {
            writer.Line($"{result} = {weights}");
        }

        return result;
    }

    private string? MaskOf(int output, int positions)
    {
        if (network.Outputs[output].Mask is not { } mask)
        {
            return null;
        }

        return Spread(network.Tensors[mask].Name, network.Tensors[mask].Spec.Shape.Elements, positions);
    }

    private string? PositionWeights(int output, int positions) =>
        sampleWeights[output] is { } name ? Spread(name, SampleWeightColumns?[output] ?? 1, positions) : null;

    /// <summary>Columns of each output's sample weights.</summary>
    public IReadOnlyList<int>? SampleWeightColumns { get; init; }

    /// <summary>Repeats each column for the positions that it stands for.</summary>
    private static string Spread(string name, int columns, int positions)
    {
        if (columns == positions)
        {
            return name;
        }

        int times = positions / columns;
        return columns == 1
            ? $"({name} %*% matrix(1, rows=1, cols={positions}))"
            : $"matrix(matrix({name}, rows=length({name}), cols=1) %*% matrix(1, rows=1, cols={times}), rows=nrow({name}), cols={positions})";
    }
}
