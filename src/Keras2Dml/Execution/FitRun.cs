using Keras2Dml.Callbacks;
using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Initialization;
using Keras2Dml.Network.Training;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Execution;

/// <summary>One call of fit: data checked, script generated, compiled, run, results taken over into the model.</summary>
internal sealed class FitRun
{
    private readonly KerasModel model;
    private readonly TrainingSpec training;
    private readonly FitOptions options;
    private readonly CancellationToken cancellation;
    private readonly Tensor[] inputs;
    private readonly Tensor[] targets;
    private readonly Tensor[] validationInputs;
    private readonly Tensor[] validationTargets;
    private readonly Callback[] batchCallbacks;
    private readonly History history = new();
    private readonly TrainingContext context;
    private ModelScript? running;

    public FitRun(KerasModel model, TrainingSpec training, IReadOnlyList<Tensor> x, IReadOnlyList<Tensor> y, FitOptions options, CancellationToken cancellation)
    {
        this.model = model;
        this.training = training;
        this.options = options;
        this.cancellation = cancellation;
        batchCallbacks = [.. options.Callbacks.Where(c => c.WantsBatches)];
        Trained = training;
        context = new TrainingContext(options.Epochs);
        CheckOptions(options);
        foreach (Callbacks.ModelCheckpoint checkpoint in options.Callbacks.OfType<Callbacks.ModelCheckpoint>())
        {
            model.CheckSave(checkpoint.Path);
        }

        inputs = model.Shaped(x);
        targets = Targets(y, "target");
        if (options.ClassWeight is not null && (targets.Length > 1 || targets[0].Rank > 2))
        {
            throw TrainingErrors.OptionRange.With("class_weight", "left out for several outputs and for targets of more than two axes", $"{targets.Length} targets, the first of shape ({string.Join(", ", targets[0].Shape)})");
        }

        Shaping.RequireRows(model, inputs, targets, options.SampleWeight);
        validationInputs = options.ValidationData is { } v ? model.Shaped(v.Inputs) : [];
        validationTargets = options.ValidationData is { } w ? Targets(w.Targets, "validation target") : [];
        if (options.ValidationData is { } held)
        {
            Shaping.RequireRows(model, validationInputs, validationTargets, held.SampleWeight);
        }

        if (options.Warn is { } warn)
        {
            DataWarnings.Report(model, inputs, targets, warn);
        }
    }

    /// <summary>The training specification with the optimizer's state after the run.</summary>
    public TrainingSpec Trained { get; private set; }

    public string Statistics { get; private set; } = string.Empty;

    /// <summary>The generator's settings for options that do not depend on data.</summary>
    public static FitSettings Settings(FitOptions options, TrainingSpec training) => new()
    {
        Epochs = options.Epochs,
        InitialEpoch = options.InitialEpoch,
        BatchSize = options.BatchSize,
        Algorithm = options.TrainAlgo == TrainAlgorithm.Batch ? Codegen.Training.TrainAlgorithm.Batch : Codegen.Training.TrainAlgorithm.Minibatch,
        StepsPerEpoch = options.StepsPerEpoch,
        ValidationSplit = options.ValidationData is null ? options.ValidationSplit : 0,
        HasValidationData = options.ValidationData is not null,
        ValidationBatchSize = options.ValidationBatchSize,
        ValidationFrequency = options.ValidationFrequency,
        Shuffle = options.Shuffle,
        Seed = options.Seed,
        SampleWeightColumns = null,
        ClassWeights = options.ClassWeight,
        LearningRatePolicy = options.LearningRatePolicy is { } policy ? new Codegen.Training.LearningRatePolicy(Enum.Parse<LearningRatePolicyKind>(policy.ToString())) : null,
        Regularization = options.WeightDecay == 0 ? null : new GlobalRegularization(options.RegularizationType == "L1", options.WeightDecay),
        Callbacks = [.. options.Callbacks.OfType<IScriptCallback>().Select((c, i) => c.ToScript(i, options, StartRate(training)))],
        HostBatches = options.Callbacks.Any(c => c.WantsBatches),
    };

    public History Execute()
    {
        Dictionary<string, Shape> shapes = KerasModel.ShapesOf(model.Network, inputs);
        FitSettings settings = Settings(options, training) with
        {
            InputShapes = shapes,
            TargetShapes = [.. targets.Select(t => new Shape([.. t.Shape.Skip(1)]))],
            SampleWeightColumns = options.SampleWeight is { } w ? [.. targets.Select(_ => w.Length / Math.Max(1, w.Shape[0]))] : null,
            ValidationSampleWeightColumns = options.ValidationData?.SampleWeight is { } v ? [.. targets.Select(_ => v.Length / Math.Max(1, v.Shape[0]))] : null,
            HostBatches = batchCallbacks.Length > 0 || cancellation.CanBeCanceled,
        };
        if (options.Seed is { } seed)
        {
            ModelInitializer.RestartGenerators(model.Network, seed);
        }

        GeneratedScript script = ScriptGenerator.Training(model.Network, training, settings);
        var hosts = new Dictionary<string, HostFunction>(StringComparer.Ordinal) { ["epoch_end"] = EpochEnd };
        if (settings.HostBatches)
        {
            hosts["batch_end"] = BatchEnd;
        }

        using ModelScript run = running = new ModelScript(script, "train.dml", new ComputeOptions
        {
            Precision = options.Precision, Threads = options.Threads, MemoryBudget = options.MemoryBudget, CollectStatistics = options.CollectStatistics, HostFunctions = hosts.Keys.ToHashSet(StringComparer.Ordinal),
        });
        foreach (Callback callback in options.Callbacks)
        {
            callback.OnTrainBegin(context);
        }

        IReadOnlyDictionary<ScriptBinding, Tensor> results = run.Run(Find, hosts, finished: SaveCheckpoints);
        Statistics = run.Statistics;
        TakeOver(results);
        foreach (Callback callback in options.Callbacks)
        {
            callback.OnTrainEnd(context);
        }

        return history;
    }

    // The rate of a trained model goes on where callbacks left it.
    private static double StartRate(TrainingSpec training) =>
        training.OptimizerVariables.FirstOrDefault(v => v.Name == "learning_rate") is { } variable ? variable.Value.GetDouble(0) : new OptimizerSettings(training.Optimizer).LearningRate;

    private static void CheckOptions(FitOptions options)
    {
        void Check(bool legal, string name, string expected, object? received)
        {
            if (!legal)
            {
                throw TrainingErrors.OptionRange.With(name, expected, received);
            }
        }

        Check(options.BatchSize >= 1, "batch_size", "a positive integer", options.BatchSize);
        Check(options.Epochs >= 1, "epochs", "a positive integer", options.Epochs);
        Check(options.ValidationSplit is >= 0 and < 1, "validation_split", "a fraction from 0 to below 1", options.ValidationSplit);
        Check(options.StepsPerEpoch is null or >= 1, "steps_per_epoch", "a positive integer", options.StepsPerEpoch);
        Check(options.ValidationBatchSize is null or >= 1, "validation_batch_size", "a positive integer", options.ValidationBatchSize);
        Check(options.ValidationFrequency >= 1, "validation_freq", "a positive integer", options.ValidationFrequency);
        Check(options.InitialEpoch >= 0, "initial_epoch", "an integer from 0", options.InitialEpoch);
        Check(options.ClassWeight is null || options.SampleWeight is null, "class_weight", "left out when sample_weight is given", "both");
        Check(options.RegularizationType is "L1" or "L2", "regularization_type", "L1 or L2", options.RegularizationType);
    }

    private Tensor[] Targets(IReadOnlyList<Tensor> y, string kind)
    {
        if (y.Count != model.Outputs.Count)
        {
            throw DataErrors.ArrayCount.With(model.Outputs.Count, string.Join(", ", model.Outputs.Select(o => $"{kind} of {o.Name}")), y.Count);
        }

        return [.. y.Select((t, i) => TargetCheck.Check(t, model, training, i))];
    }

    private Tensor Find(ScriptBinding binding) => binding.Role switch
    {
        BindingRole.Input => inputs[binding.Index],
        BindingRole.Target => targets[binding.Index],
        BindingRole.SampleWeight => options.SampleWeight!,
        BindingRole.ValidationInput => validationInputs[binding.Index],
        BindingRole.ValidationTarget => validationTargets[binding.Index],
        BindingRole.ValidationSampleWeight => options.ValidationData!.SampleWeight!,
        BindingRole.OptimizerSlot => OptimizerValues.Find(training, binding),
        _ => binding.Parameter!.Value!,
    };

    private void TakeOver(IReadOnlyDictionary<ScriptBinding, Tensor> results)
    {
        foreach ((ScriptBinding binding, Tensor value) in results.Where(r => r.Key.Role == BindingRole.Parameter))
        {
            binding.Parameter!.Value = value.Cast(binding.Parameter.Spec.Type);
        }

        Trained = training with { OptimizerVariables = OptimizerValues.After(training, model.Network, results) };
    }

    // Checkpoints that the script wrote since the last call become files.
    private void SaveCheckpoints()
    {
        IScriptCallback[] all = [.. options.Callbacks.OfType<IScriptCallback>()];
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] is not Callbacks.ModelCheckpoint callback)
            {
                continue;
            }

            foreach ((int? epoch, IReadOnlyList<KeyValuePair<ModelParameter, Tensor>> values) in running!.TakeCheckpoints(Callbacks.ModelCheckpoint.FolderOf(i)))
            {
                model.SaveWith(values, callback.FileFor(epoch ?? context.Epoch + 1));
            }
        }
    }

    // (epoch, epochs, names, metrics, lr) -> (stop, lr)
    private void EpochEnd(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        string[] names = arguments[2].AsString().Split(',');
        var metrics = new List<KeyValuePair<string, double>>();
        for (int i = 0; i < names.Length; i++)
        {
            metrics.Add(KeyValuePair.Create(names[i], arguments[3].AsMatrix().Get(i)));
        }

        int epoch = (int)arguments[0].AsInteger() - 1;
        double rate = arguments[4].AsDouble();
        if (options.Callbacks.OfType<IScriptCallback>().Any(c => c.LogsLearningRate))
        {
            metrics.Add(KeyValuePair.Create("learning_rate", rate));
        }

        SaveCheckpoints();
        history.Add(epoch, metrics);
        context.Epoch = epoch;
        context.Metrics = metrics;
        context.LearningRate = rate;
        options.Log?.WriteLine($"Epoch {epoch + 1}/{options.Epochs} - " + string.Join(" - ", metrics.Select(m => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{m.Key}: {m.Value:0.0000}"))));
        foreach (Callback callback in options.Callbacks)
        {
            callback.OnEpochEnd(context);
        }

        results[0] = Value.Of(context.StopTraining || cancellation.IsCancellationRequested);
        results[1] = Value.Of(context.LearningRate);
    }

    // (epoch, batch, batches, loss) -> stop
    private void BatchEnd(ReadOnlySpan<Value> arguments, Span<Value> results)
    {
        context.Epoch = (int)arguments[0].AsInteger() - 1;
        context.Batch = (int)arguments[1].AsInteger() - 1;
        context.Batches = (int)arguments[2].AsInteger();
        foreach (Callback callback in batchCallbacks)
        {
            callback.OnBatchEnd(context);
        }

        results[0] = Value.Of(context.StopTraining || cancellation.IsCancellationRequested);
    }
}
