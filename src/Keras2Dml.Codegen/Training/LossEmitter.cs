using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

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
    private readonly ValueStatements statements = new(sources, names);
    private readonly Dictionary<LossPlan, string> factors = [];
    private readonly Dictionary<string, string> totals = [];
    private readonly Dictionary<string, string> counts = [];
    private readonly Dictionary<string, string> states = [];

    /// <summary>Rows of the batch, as an expression.</summary>
    private string Rows => $"nrow({network.Tensors[network.Inputs[0]].Name})";

    /// <summary>Writes the start values of everything that is summed up.</summary>
    public void Start(ScriptWriter writer)
    {
        string[] sums = ["loss", .. plan.HasOutputLosses ? plan.Losses.Select(l => l.Name) : [], .. plan.Metrics.Where(m => m.Meaning is MeanMetric).Select(m => m.Name)];
        foreach (string name in sums)
        {
            totals[name] = names.Take(ScriptNames.Identifier(name) + "_total");
            writer.Line($"{totals[name]} = 0.0");
        }

        foreach (MetricPlan metric in plan.Metrics)
        {
            if (metric.Meaning is StateMetric state)
            {
                states[metric.Name] = names.Take(ScriptNames.Identifier(metric.Name) + "_state");
                writer.Line(Invariant($"{states[metric.Name]} = matrix(0, rows={state.Rows}, cols={state.Columns})"));
            }
            else
            {
                counts[metric.Name] = names.Take(ScriptNames.Identifier(metric.Name) + "_count");
                writer.Line($"{counts[metric.Name]} = 0.0");
            }
        }

        counts["loss"] = names.Take("rows_seen");
        writer.Line($"{counts["loss"]} = 0");
        if (plan.HasOutputLosses)
        {
            // Keras weighs the total loss of a batch by its rows, but not the losses of single outputs (keras/src/trainers/compile_utils.py, CompileLoss).
            string batches = names.Take("batches_done");
            foreach (LossPlan loss in plan.Losses)
            {
                counts[loss.Name] = batches;
            }

            writer.Line($"{batches} = 0");
        }
    }

    /// <summary>Writes the losses of a batch and their sum with penalties into <c>loss</c>.</summary>
    public void Losses(ScriptWriter writer, PenaltyEmitter penalties)
    {
        var terms = new List<string>();
        foreach (LossPlan loss in plan.Losses)
        {
            string stem = ScriptNames.Identifier(plan.Losses.Count == 1 ? "loss" : loss.Name);
            (string value, string factor) = statements.Loss(
                writer, stem, loss.Config, loss.Function, Prediction(loss.Output, loss.TakesLogits), targets[loss.Output], SampleWeights(loss.Output), MaskOf(loss.Output));
            factors[loss] = factor;
            terms.Add(loss.Weight == 1 ? value : $"{DmlText.Double(loss.Weight)} * {value}");
            if (plan.HasOutputLosses)
            {
                writer.Line($"{totals[loss.Name]} = {totals[loss.Name]} + {value}");
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
        if (plan.HasOutputLosses)
        {
            writer.Line($"{counts[plan.Losses[0].Name]} = {counts[plan.Losses[0].Name]} + 1");
        }
    }

    /// <summary>Writes the metrics of a batch.</summary>
    public void Metrics(ScriptWriter writer)
    {
        foreach (MetricPlan metric in plan.Metrics)
        {
            string prediction = Prediction(metric.Output, metric.TakesLogits);
            ValueWeights? weights = metric.IsWeighted ? SampleWeights(metric.Output) : null;
            if (metric.Meaning is StateMetric state)
            {
                statements.Metric(writer, state, prediction, targets[metric.Output], weights, states[metric.Name]);
            }
            else
            {
                statements.Metric(
                    writer, ScriptNames.Identifier(metric.Name), ((MeanMetric)metric.Meaning).Values, prediction, targets[metric.Output], weights, MaskOf(metric.Output), totals[metric.Name], counts[metric.Name]);
            }
        }
    }

    /// <summary>Writes the gradients of the losses. Returns the gradient of each tensor that a loss takes.</summary>
    public List<(int Tensor, string Gradient)> Backward(ScriptWriter writer)
    {
        var seeds = new List<(int, string)>();
        foreach (LossPlan loss in plan.Losses)
        {
            string factor = factors[loss];
            int tensor = Tensor(loss.Output, loss.TakesLogits);
            string gradient = names.Take($"d{network.Tensors[tensor].Name}_{(plan.Losses.Count == 1 ? "loss" : ScriptNames.Identifier(loss.Name))}");
            statements.Backward(writer, gradient, loss.Function, factor, loss.Weight == 1 ? factor : $"{DmlText.Double(loss.Weight)} * {factor}");
            seeds.Add((tensor, gradient));
        }

        return seeds;
    }

    /// <summary>Writes the values over all batches as one row, in the order of <see cref="TrainingPlan.Names"/>.</summary>
    public void Values(ScriptWriter writer, string row)
    {
        List<string> values = [.. totals.Keys.Where(n => !plan.Metrics.Any(m => m.Name == n)).Select(n => $"as.matrix({totals[n]} / {counts[n]})")];
        foreach (MetricPlan metric in plan.Metrics)
        {
            if (metric.Meaning is StateMetric state)
            {
                string name = names.Take(ScriptNames.Identifier(metric.Name) + "_result");
                writer.Line($"{name} = {statements.Result(state, states[metric.Name])}", Invariant($"1 x {metric.Meaning.Size}"));
                values.Add(name);
            }
            else
            {
                values.Add($"as.matrix({ValueStatements.Result((MeanMetric)metric.Meaning, totals[metric.Name], counts[metric.Name])})");
            }
        }

        writer.Line(values.Count == 1 ? $"{row} = {values[0]}" : $"{row} = cbind({string.Join(", ", values)})");
    }

    /// <summary>The mean loss of the batches so far.</summary>
    public string RunningLoss() => $"{totals["loss"]} / {counts["loss"]}";

    private int Tensor(int output, bool logits) => logits ? network.Outputs[output].Logits!.Value : network.Outputs[output].Tensor;

    private string Prediction(int output, bool logits) => network.Tensors[Tensor(output, logits)].Name;

    private ValueWeights? MaskOf(int output) =>
        network.Outputs[output].Mask is { } mask ? new ValueWeights(network.Tensors[mask].Name, network.Tensors[mask].Spec.Shape.Elements) : null;

    private ValueWeights? SampleWeights(int output) => sampleWeights[output] is { } name ? new ValueWeights(name, SampleWeightColumns?[output] ?? 1) : null;

    /// <summary>Columns of each output's sample weights.</summary>
    public IReadOnlyList<int>? SampleWeightColumns { get; init; }
}
