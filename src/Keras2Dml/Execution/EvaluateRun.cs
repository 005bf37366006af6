using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Data;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>One call of evaluate.</summary>
internal sealed class EvaluateRun(KerasModel model, TrainingSpec training, IReadOnlyList<Tensor> x, IReadOnlyList<Tensor> y, EvaluateOptions options)
{
    public IReadOnlyList<KeyValuePair<string, double>> Execute()
    {
        Tensor[] inputs = model.Shaped(x);
        Tensor[] targets = [.. y.Select((t, i) => TargetCheck.Check(t, model, training, i))];
        Shaping.RequireRows(model, inputs, targets, options.SampleWeight);
        GeneratedScript script = ScriptGenerator.Evaluation(model.Network, training, new PredictionOptions
        {
            BatchSize = options.BatchSize,
            InputShapes = KerasModel.ShapesOf(model.Network, inputs),
            TargetShapes = [.. targets.Select(t => new Shape([.. t.Shape.Skip(1)]))],
            SampleWeightColumns = options.SampleWeight is { } w ? [.. targets.Select(_ => w.Length / Math.Max(1, w.Shape[0]))] : null,
        });
        using var run = new ModelScript(script, "evaluate.dml", new ComputeOptions { Precision = options.Precision, Threads = options.Threads });
        IReadOnlyDictionary<ScriptBinding, Tensor> results = run.Run(binding => binding.Role switch
        {
            BindingRole.Input => inputs[binding.Index],
            BindingRole.Target => targets[binding.Index],
            BindingRole.SampleWeight => options.SampleWeight!,
            _ => binding.Parameter!.Value!,
        });
        Tensor values = results.First(r => r.Key.Role == BindingRole.Metric).Value;
        return [.. script.MetricNames.Select((n, i) => KeyValuePair.Create(n, values.GetDouble(i)))];
    }
}
