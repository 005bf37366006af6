using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Execution;
using Keras2Dml.Keras.Training;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Verification;

/// <summary>Data of a training run.</summary>
/// <param name="Inputs">One tensor for each input.</param>
/// <param name="Targets">One tensor for each output.</param>
/// <param name="SampleWeights">Sample weights of each output, null entries for none; null for none at all.</param>
internal sealed record TrainingData(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Targets, IReadOnlyList<Tensor?>? SampleWeights = null)
{
    /// <summary>Columns of each output's sample weights, 0 for none; null for none at all.</summary>
    public IReadOnlyList<int>? SampleWeightColumns => SampleWeights is null ? null : [.. SampleWeights.Select(w => w is null ? 0 : w.Length / w.Shape[0])];
}

/// <summary>One run of a model's training program in a precision; unlike a call of fit it keeps the full precision of its results.</summary>
internal sealed class TrainingRun
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, List<double>> history = new(StringComparer.Ordinal);

    /// <summary>Trains; the model's variables take the new values.</summary>
    public TrainingRun(NetworkModel model, TrainingSpec training, TrainingData data, TrainingData? validation, FitSettings settings, ComputeOptions compute)
    {
        settings = settings with
        {
            InputShapes = Shapes(model, data.Inputs), TargetShapes = [.. data.Targets.Select(t => new Shape([.. t.Shape.Skip(1)]))],
            SampleWeightColumns = data.SampleWeightColumns, ValidationSampleWeightColumns = validation?.SampleWeightColumns,
        };
        GeneratedScript script = ScriptGenerator.Training(model, training, settings);
        bool logsRate = settings.Callbacks.Any(c => c.LogsLearningRate);
        var hosts = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
        {
            ["epoch_end"] = (arguments, values) =>
            {
                string[] columns = arguments[2].AsString().Split(',');
                Epochs.Add((int)arguments[0].AsInteger() - 1);
                for (int i = 0; i < columns.Length; i++)
                {
                    Add(columns[i], arguments[3].AsMatrix().Get(i));
                }

                if (logsRate)
                {
                    Add("learning_rate", arguments[4].AsDouble());
                }

                values[0] = Value.Of(false);
                values[1] = Value.Of(arguments[4].AsDouble());
            },
        };
        using var run = new ModelScript(script, "train.dml", compute with { HostFunctions = hosts.Keys.ToHashSet(StringComparer.Ordinal) });
        IReadOnlyDictionary<ScriptBinding, Tensor> results = run.Run(
            binding => binding.Role switch
            {
                BindingRole.Input => data.Inputs[binding.Index],
                BindingRole.Target => data.Targets[binding.Index],
                BindingRole.ValidationInput => validation!.Inputs[binding.Index],
                BindingRole.ValidationTarget => validation!.Targets[binding.Index],
                BindingRole.SampleWeight => data.SampleWeights![binding.Index]!,
                BindingRole.ValidationSampleWeight => validation!.SampleWeights![binding.Index]!,
                BindingRole.OptimizerSlot => OptimizerValues.Find(training, binding),
                _ => binding.Parameter!.Value!,
            },
            hosts);
        foreach ((ScriptBinding binding, Tensor value) in results.Where(r => r.Key.Role == BindingRole.Parameter))
        {
            binding.Parameter!.Value = value;
        }

        IReadOnlyList<OptimizerVariableSpec> specs = new OptimizerSettings(training.Optimizer).Variables([.. OptimizerState.TrainedParameters(model).Select(OptimizedVariable.Of)]);
        OptimizerVariables = [.. OptimizerValues.After(training, model, results).Select((v, i) => (specs[i].Owner, v.Name, v.Value))];
    }

    /// <summary>Epochs with values, from 0.</summary>
    public List<int> Epochs { get; } = [];

    /// <summary>Values by name, one for each epoch that has them.</summary>
    public IReadOnlyDictionary<string, List<double>> History => history;

    /// <summary>The optimizer's variables after the run, with the name of the optimizer that each belongs to.</summary>
    public IReadOnlyList<(string Owner, string Name, Tensor Value)> OptimizerVariables { get; }

    /// <summary>Losses and metrics on data.</summary>
    public static IReadOnlyDictionary<string, double> Evaluate(NetworkModel model, TrainingSpec training, TrainingData data, int batchSize, ComputeOptions compute)
    {
        GeneratedScript script = ScriptGenerator.Evaluation(model, training, new PredictionOptions
        {
            BatchSize = batchSize, InputShapes = Shapes(model, data.Inputs), TargetShapes = [.. data.Targets.Select(t => new Shape([.. t.Shape.Skip(1)]))], WritePredictions = false,
            SampleWeightColumns = data.SampleWeightColumns,
        });
        using var run = new ModelScript(script, "evaluate.dml", compute);
        Tensor row = run.Run(b => b.Role switch
        {
            BindingRole.Input => data.Inputs[b.Index],
            BindingRole.Target => data.Targets[b.Index],
            BindingRole.SampleWeight => data.SampleWeights![b.Index]!,
            _ => b.Parameter!.Value!,
        }).Single(r => r.Key.Role == BindingRole.Metric).Value;
        return script.MetricNames.Select((n, i) => (n, row.GetDouble(i))).ToDictionary(p => p.n, p => p.Item2, StringComparer.Ordinal);
    }

    /// <summary>Predictions in batches, one tensor for each output.</summary>
    public static IReadOnlyList<Tensor> Predict(NetworkModel model, IReadOnlyList<Tensor> inputs, ComputeOptions compute)
    {
        GeneratedScript script = ScriptGenerator.Prediction(model, new PredictionOptions { InputShapes = Shapes(model, inputs) });
        using var run = new ModelScript(script, "predict.dml", compute);
        return [.. run.Run(b => b.Role == BindingRole.Input ? inputs[b.Index] : b.Parameter!.Value!).Where(r => r.Key.Role == BindingRole.Output).OrderBy(r => r.Key.Index).Select(r => r.Value)];
    }

    private static Dictionary<string, Shape> Shapes(NetworkModel model, IReadOnlyList<Tensor> inputs) =>
        inputs.Select((t, i) => (model.Inputs[i].Name, new Shape([.. t.Shape.Skip(1)]))).ToDictionary(p => p.Name, p => p.Item2, StringComparer.Ordinal);

    private void Add(string name, double value)
    {
        if (!history.TryGetValue(name, out List<double>? values))
        {
            history[name] = values = [];
            names.Add(name);
        }

        values.Add(value);
    }
}
