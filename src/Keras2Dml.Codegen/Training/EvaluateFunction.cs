using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Lowering;

namespace Keras2Dml.Codegen.Training;

/// <summary>The function <c>evaluate</c> of a script: losses and metrics over data at inference, in batches.</summary>
internal sealed class EvaluateFunction
{
    private readonly ScriptWriter text = new();

    /// <param name="network">The network lowered for inference.</param>
    /// <param name="plan">Losses and metrics.</param>
    /// <param name="arguments">Names of the script.</param>
    /// <param name="sources">Collects the sourced files.</param>
    /// <param name="sampleWeightColumns">Columns of each output's sample weights; null for none.</param>
    public EvaluateFunction(LoweredNetwork network, TrainingPlan plan, ScriptArguments arguments, SourceTable sources, IReadOnlyList<int>? sampleWeightColumns)
    {
        ScriptNames names = LayerEmitter.NamesOf(network, arguments.Reserved);
        Parameters = [.. network.Parameters.Where(Used(network).Contains)];
        bool[] weighted = [.. arguments.Weights.Select((_, i) => sampleWeightColumns is { } c && c.Count > i && c[i] > 0)];
        string[] weights = [.. arguments.Weights.Where((_, i) => weighted[i])];
        string[] targets = [.. arguments.Targets.Select(t => t + "_batch")];
        string[] data = [.. arguments.Inputs, .. arguments.Targets, .. weights];
        string[] takes = [.. data.Select(d => "matrix[double] " + d), "int batch_size", "int max_batches", .. Parameters.Select(p => "matrix[double] " + p.Name)];
        text.Comment("Losses and metrics at inference over all rows: " + string.Join(", ", plan.Names));
        text.Open($"evaluate = function({string.Join(", ", takes)})\n    return (matrix[double] values)");
        var losses = new LossEmitter(network, plan, sources, names, targets, [.. arguments.Weights.Select((w, i) => weighted[i] ? w + "_batch" : null)]) { SampleWeightColumns = sampleWeightColumns };
        text.Line($"N = nrow({arguments.Inputs[0]})");
        text.Line("num_batches = as.integer(ceil(N / batch_size))");
        text.Open("if (max_batches > 0)");
        text.Line("num_batches = min(num_batches, max_batches)");
        text.Close();
        losses.Start(text);
        text.Open("for (batch in 1:num_batches)");
        text.Line("beg = (batch - 1) * batch_size + 1");
        text.Line("end = min(N, batch * batch_size)");
        for (int i = 0; i < network.Inputs.Length; i++)
        {
            text.Line($"{network.Tensors[network.Inputs[i]].Name} = {arguments.Inputs[i]}[beg:end, ]");
        }

        text.Lines(targets.Select((t, i) => $"{t} = {arguments.Targets[i]}[beg:end, ]"));
        text.Lines(weights.Select(w => $"{w}_batch = {w}[beg:end, ]"));
        new LayerEmitter(network, training: false, sources, names).Forward(text);
        losses.Losses(text, new PenaltyEmitter(network, sources, names));
        losses.Metrics(text);
        text.Close();
        losses.Values(text, "values");
        text.Close();
    }

    /// <summary>The variables that the function takes, in order.</summary>
    public IReadOnlyList<LoweredParameter> Parameters { get; }

    /// <summary>Text of the function.</summary>
    public override string ToString() => text.ToString();

    /// <summary>The variables that inference and penalties need.</summary>
    private static HashSet<LoweredParameter> Used(LoweredNetwork network) =>
        [.. PredictFunction.UsedParameters(network), .. network.Parameters.Where(p => p.IsTrainable && p.Parameter.Spec.Regularizer is not null)];

    /// <summary>Text of a call.</summary>
    public string Call(IEnumerable<string> data, string batchSize, string maxBatches) =>
        $"evaluate({string.Join(", ", [.. data, batchSize, maxBatches, .. Parameters.Select(p => p.Name)])})";
}
