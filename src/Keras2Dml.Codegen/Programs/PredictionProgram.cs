using System.Globalization;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Programs;

/// <summary>How a prediction program is made.</summary>
internal sealed record PredictionOptions
{
    /// <summary>Rows computed at once unless <c>$batch_size</c> says otherwise.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Shapes of inputs that the model leaves open, by name.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = new Dictionary<string, Shape>();

    /// <summary>With targets (<c>$y</c>) the program also computes losses and metrics; null for predictions only.</summary>
    public TrainingSpec? Evaluate { get; init; }

    /// <summary>False leaves the predictions out when the program evaluates.</summary>
    public bool WritePredictions { get; init; } = true;

    /// <summary>Shapes of the targets without the batch axis; null for what the losses expect.</summary>
    public IReadOnlyList<Shape>? TargetShapes { get; init; }

    /// <summary>For each output: columns of its sample weights, 0 for none; null for none at all.</summary>
    public IReadOnlyList<int>? SampleWeightColumns { get; init; }

    /// <summary>Batches to evaluate; null for all.</summary>
    public int? Steps { get; init; }
}

/// <summary>The program that predicts in batches: reads <c>$X</c> and the variables in <c>$model</c>, writes the predictions into <c>$out</c>.</summary>
internal static class PredictionProgram
{
    public static GeneratedScript Generate(NetworkModel model, PredictionOptions options)
    {
        var arguments = new ScriptArguments(model);
        LoweredNetwork network = NetworkLowering.Lower(model, new LoweringOptions { InputShapes = options.InputShapes, ReservedNames = arguments.Reserved });
        var sources = new SourceTable();
        int[] tensors = [.. network.Outputs.Select(o => o.Tensor).Distinct()];
        var predict = new PredictFunction(network, arguments, sources, tensors);
        var reads = new List<ScriptBinding>();
        var writes = new List<ScriptBinding>();
        var body = new ScriptWriter();
        body.Line(Invariant($"batch_size = ifdef($batch_size, {options.BatchSize})"));
        body.Line("model = $model");
        body.Line("out = $out");
        body.Blank();
        TrainingPlan? plan = options.Evaluate is { } spec ? new TrainingPlan(network, spec, options.TargetShapes) : null;
        EvaluateFunction? evaluate = plan is null ? null : new EvaluateFunction(network, plan, arguments, sources, options.SampleWeightColumns);
        bool predicts = plan is null || options.WritePredictions;
        if (plan is null)
        {
            for (int i = 0; i < arguments.Inputs.Count; i++)
            {
                body.Line($"{arguments.Inputs[i]} = read(${arguments.Inputs[i]}, format=\"csv\")", Invariant($"rows x {network.Tensors[network.Inputs[i]].Spec.Shape.Elements}"));
                reads.Add(new ScriptBinding(BindingRole.Input, arguments.Inputs[i], IsArgument: true, i));
            }
        }
        else
        {
            new DataSection(arguments, network, plan, sources, reads).Read(body, "", options.SampleWeightColumns, null);
        }

        LoweredParameter[] parameters = [.. network.Parameters.Where(p => predict.Parameters.Contains(p) || (evaluate?.Parameters.Contains(p) ?? false))];
        VariableFiles.Read(body, parameters, reads);
        body.Blank();
        if (predicts)
        {
            Predict(body, network, arguments, predict, tensors, writes);
        }

        if (evaluate is not null)
        {
            IEnumerable<string> data = [.. arguments.Inputs, .. arguments.Targets, .. arguments.Weights.Where((_, i) => options.SampleWeightColumns is { } c && c.Count > i && c[i] > 0)];
            body.Line($"metrics = {evaluate.Call(data, "batch_size", (options.Steps ?? 0).ToString(CultureInfo.InvariantCulture))}");
            body.Line($"print(\"{string.Join(",", plan!.Names)}\")");
            body.Line("print(toString(metrics, decimal=6))");
            body.Line("write(metrics, out + \"/metrics.csv\", format=\"csv\")");
            writes.Add(new ScriptBinding(BindingRole.Metric, "metrics", IsArgument: false));
        }

        var script = new ScriptWriter();
        ProgramHeader.Write(script, model, predicts ? "Prediction program" : "Evaluation program", $"Run: systemds {(predicts ? "predict" : "evaluate")}.dml -nvargs " + string.Join(" ", arguments.Inputs.Concat(plan is null ? [] : arguments.Targets).Select(x => $"{x}={x}.csv")) + FormattableString.Invariant($" model=DIR out=DIR batch_size={options.BatchSize}"));
        script.Lines(sources.Lines);
        script.Blank();
        return new GeneratedScript($"{script}{(predicts ? predict + "\n" : "")}{(evaluate is null ? "" : evaluate + "\n")}{body}", reads, writes) { MetricNames = plan?.Names ?? [] };
    }

    private static void Predict(ScriptWriter body, LoweredNetwork network, ScriptArguments arguments, PredictFunction predict, int[] tensors, List<ScriptBinding> writes)
    {
        body.Line($"N = nrow({arguments.Inputs[0]})");
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line(Invariant($"{arguments.Predictions[i]} = matrix(0, rows=N, cols={network.Tensors[network.Outputs[i].Tensor].Spec.Shape.Elements})"));
        }

        body.Open("for (batch in 1:as.integer(ceil(N / batch_size)))");
        body.Line("beg = (batch - 1) * batch_size + 1");
        body.Line("end = min(N, batch * batch_size)");
        string[] batches = [.. network.Inputs.Select(t => network.Tensors[t].Name)];
        body.Lines(batches.Select((b, i) => $"{b} = {arguments.Inputs[i]}[beg:end, ]"));
        string[] results = [.. tensors.Select(t => arguments.Predictions[Array.FindIndex([.. network.Outputs], o => o.Tensor == t)] + "_batch")];
        body.Line(predict.Call(batches, results));
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line($"{arguments.Predictions[i]}[beg:end, ] = {results[Array.IndexOf(tensors, network.Outputs[i].Tensor)]}");
        }

        body.Close();
        for (int i = 0; i < network.Outputs.Length; i++)
        {
            body.Line($"write({arguments.Predictions[i]}, out + \"/{arguments.Predictions[i]}.csv\", format=\"csv\")");
            writes.Add(new ScriptBinding(BindingRole.Output, arguments.Predictions[i], IsArgument: false, i));
        }
    }
}
