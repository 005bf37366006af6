using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Codegen.Writing;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Lowering;
using Keras2Dml.Network.Training;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Training;

/// <summary>The program that trains a model: reads data, variables and optimizer slots, goes over epochs and batches, writes everything back.</summary>
internal sealed class TrainingProgram
{
    private readonly NetworkModel model;
    private readonly FitSettings settings;
    private readonly ScriptArguments arguments;
    private readonly LoweredNetwork network;
    private readonly TrainingPlan plan;
    private readonly SourceTable sources = new();
    private readonly ScriptNames names;
    private readonly List<ScriptBinding> reads = [];
    private readonly List<ScriptBinding> writes = [];
    private readonly ScriptWriter body = new();
    private readonly LayerEmitter layers;
    private readonly LossEmitter losses;
    private readonly PenaltyEmitter penalties;
    private readonly OptimizerSettings optimizerSettings;
    private readonly OptimizerEmitter optimizer;
    private readonly LearningRateEmitter learningRate;
    private readonly EvaluateFunction? evaluate;
    private readonly IReadOnlyList<LoweredParameter> trained;
    private readonly IReadOnlyList<ScriptCallbackEmitter> callbacks;
    private readonly bool hasWeights;

    private TrainingProgram(NetworkModel model, TrainingSpec training, FitSettings settings)
    {
        this.model = model;
        this.settings = settings;
        arguments = new ScriptArguments(model);
        var options = new LoweringOptions { Training = true, InputShapes = settings.InputShapes, ReservedNames = arguments.Reserved };
        network = NetworkLowering.Lower(model, options);
        plan = new TrainingPlan(network, training, settings.TargetShapes);
        names = LayerEmitter.NamesOf(network, arguments.Reserved);
        layers = new LayerEmitter(network, training: true, sources, names);
        penalties = new PenaltyEmitter(network, sources, names);
        optimizerSettings = new OptimizerSettings(training.Optimizer);
        trained = [.. network.Parameters.Where(p => p.IsTrainable)];
        optimizer = new OptimizerEmitter(optimizerSettings, [.. trained.Select(p => new TrainedVariable(p.Name, p.Parameter.Path, p.Parameter.Spec, p.Parameter))], sources, names);
        learningRate = new LearningRateEmitter(optimizerSettings, settings.LearningRatePolicy, sources);
        hasWeights = settings.ClassWeights is { Count: > 0 } || settings.SampleWeightColumns is not null;
        int[] weightColumns = [.. Enumerable.Range(0, network.Outputs.Length).Select(i => settings.ClassWeights is { Count: > 0 } ? 1 : settings.SampleWeightColumns is { } c && c.Count > i ? c[i] : 0)];
        losses = new LossEmitter(network, plan, sources, names, [.. arguments.Targets.Select(t => t + "_batch")], [.. arguments.Weights.Select((w, i) => weightColumns[i] > 0 ? w + "_batch" : null)]) { SampleWeightColumns = weightColumns };
        bool hasValidation = settings.HasValidationData || settings.ValidationSplit > 0;
        if (hasValidation)
        {
            LoweredNetwork inference = NetworkLowering.Lower(model, options with { Training = false });
            evaluate = new EvaluateFunction(inference, new TrainingPlan(inference, training, settings.TargetShapes), arguments, sources, ValidationWeights);
        }

        var context = new CallbackContext(
            plan.Names, hasValidation, settings is { ValidationFrequency: 1, ValidationEpochs: null },
            [.. network.Parameters.Where(p => p.Parameter.Spec.Stored && !p.Parameter.Spec.Name.EndsWith("seed_generator_state", StringComparison.Ordinal))], losses.RunningLoss, names, plan.DirectionOf);
        writes.AddRange(settings.Callbacks.OfType<ModelCheckpoint>().SelectMany(c => context.Variables.Select(v =>
            new ScriptBinding(BindingRole.Checkpoint, v.Name, IsArgument: false, 0, v.Parameter, Folder: c.SaveBestOnly ? c.Folder : c.Folder + "_*"))));
        callbacks = [.. settings.Callbacks.Select(c => c.Emitter(context))];
        if (!learningRate.HasPlainRate && settings.Callbacks.FirstOrDefault(c => c.LogsLearningRate) is { } setter)
        {
            throw TrainingErrors.ScheduledRate.With(setter.GetType().Name, optimizerSettings.Schedule!.ClassName);
        }
    }

    // Class weights do not count for validation; sample weights of the split do.
    private IReadOnlyList<int>? ValidationWeights => settings.HasValidationData ? settings.ValidationSampleWeightColumns : settings.SampleWeightColumns;

    private bool IsBatchLoopStoppable => settings.HostBatches || settings.Callbacks.Any(c => c.StopsInEpoch);

    /// <summary>Writes the program.</summary>
    public static GeneratedScript Generate(NetworkModel model, TrainingSpec training, FitSettings settings) => new TrainingProgram(model, training, settings).Generate();

    private GeneratedScript Generate()
    {
        Arguments();
        Data();
        Variables();
        Split();
        Loop();
        Results();
        var script = new ScriptWriter();
        string data = string.Join(" ", arguments.Inputs.Concat(arguments.Targets).Select(n => $"{n}={n}.csv"));
        ProgramHeader.Write(script, model, "Training program",
            $"Optimizer {optimizerSettings.Optimizer.ClassName}, {(plan.Losses.Count == 0 ? "no loss" : "loss " + string.Join(", ", plan.Losses.Select(l => l.Config.ClassName)))}",
            "Run: systemds train.dml -nvargs " + data + FormattableString.Invariant($" model=DIR out=DIR epochs={settings.Epochs}"));
        script.Lines(sources.Lines);
        script.Blank();
        return new GeneratedScript($"{script}{(evaluate is null ? "" : evaluate + "\n")}{body}", reads, writes) { MetricNames = plan.Names };
    }

    private void Arguments()
    {
        body.Line(Invariant($"epochs = ifdef($epochs, {settings.Epochs})"));
        body.Line(Invariant($"initial_epoch = ifdef($initial_epoch, {settings.InitialEpoch})"));
        if (settings.Algorithm == TrainAlgorithm.Minibatch)
        {
            body.Line(Invariant($"batch_size = ifdef($batch_size, {settings.BatchSize})"));
        }

        if (settings.StepsPerEpoch is { } steps)
        {
            body.Line(Invariant($"steps_per_epoch = ifdef($steps_per_epoch, {steps})"));
        }

        if (evaluate is not null)
        {
            if (!settings.HasValidationData)
            {
                body.Line($"validation_split = ifdef($validation_split, {DmlText.Double(settings.ValidationSplit)})");
            }

            body.Line(Invariant($"validation_batch_size = ifdef($validation_batch_size, {settings.ValidationBatchSize ?? settings.BatchSize})"));
            body.Line(Invariant($"validation_steps = ifdef($validation_steps, {settings.ValidationSteps ?? 0})"), "0: all batches");
            if (settings.ValidationEpochs is null)
            {
                body.Line(Invariant($"validation_freq = ifdef($validation_freq, {settings.ValidationFrequency})"));
            }
        }

        body.Line($"shuffle = ifdef($shuffle, {(settings.Shuffle ? "TRUE" : "FALSE")})");
        body.Line(Invariant($"seed = ifdef($seed, {settings.Seed ?? -1})"), "-1: another row order each time");
        body.Line(learningRate.HasPlainRate ? $"lr = ifdef($lr, {DmlText.Double(learningRate.Initial)})" : "lr = 0.0");
        body.Line("model = $model");
        body.Line("out = $out");
        body.Blank();
    }

    private void Data()
    {
        var data = new DataSection(arguments, network, plan, sources, reads);
        body.Comment("Data");
        data.Read(body, "", settings.SampleWeightColumns, settings.ClassWeights);
        if (settings.HasValidationData)
        {
            data.Read(body, "_val", settings.ValidationSampleWeightColumns, null);
        }

        body.Blank();
    }

    private void Variables()
    {
        body.Comment("Variables");
        VariableFiles.Read(body, network.Parameters, reads);
        body.Blank();
        body.Comment($"State of the optimizer: {optimizerSettings.Optimizer.ClassName}");
        optimizer.Read(body, reads);
        body.Blank();
    }

    private void Split()
    {
        string first = arguments.Inputs[0];
        body.Line($"num_rows = nrow({first})");
        if (evaluate is not null && !settings.HasValidationData)
        {
            body.Comment("The last rows are for validation");
            body.Line("num_train = as.integer(floor(num_rows * (1 - validation_split)))");
            body.Open("if (num_train < 1 | num_train >= num_rows)");
            body.Line("stop(\"Expected a validation_split that leaves rows for training and for validation, received \" + validation_split + \" for \" + num_rows + \" rows.\")");
            body.Close();
            foreach (string name in ValidationData("", ValidationWeights))
            {
                body.Line($"{name}_val = {name}[(num_train + 1):num_rows, ]");
            }
        }
        else
        {
            body.Line("num_train = num_rows");
        }

        if (settings.Algorithm == TrainAlgorithm.Batch)
        {
            body.Line("batch_size = num_train");
        }

        body.Line("num_batches = as.integer(ceil(num_train / batch_size))");
        if (settings.StepsPerEpoch is not null)
        {
            body.Line("batches_seen = 0");
        }

        if (settings.LearningRatePolicy is { Kind: LearningRatePolicyKind.Poly })
        {
            body.Line($"max_iter = epochs * {(settings.StepsPerEpoch is null ? "num_batches" : "steps_per_epoch")}");
        }

        body.Line("row_order = seq(1, num_train)");
        body.Open("if (shuffle & seed >= 0)");
        body.Line($"row_order = {sources.Function("random/row_order", "permutation")}(num_train, seed)");
        body.Close();
        body.Blank();
    }

    private IEnumerable<string> ValidationData(string suffix, IReadOnlyList<int>? weights) =>
        [.. arguments.Inputs.Select(n => n + suffix), .. arguments.Targets.Select(n => n + suffix), .. arguments.Weights.Where((_, i) => weights is { } c && c.Count > i && c[i] > 0).Select(n => n + suffix)];

    private void Loop()
    {
        foreach (ScriptCallbackEmitter callback in callbacks)
        {
            callback.TrainBegin(body);
        }

        body.Line("stop_training = FALSE");
        body.Line("epoch = initial_epoch + 1");
        body.Open("while (epoch <= epochs & !stop_training)");
        foreach (ScriptCallbackEmitter callback in callbacks)
        {
            callback.EpochBegin(body);
        }

        // With steps_per_epoch a pass over the data, and its order of rows, may last several epochs.
        body.Open(settings.StepsPerEpoch is null ? "if (shuffle & seed < 0)" : "if (shuffle & seed < 0 & batches_seen == 0)");
        body.Line("row_order = sample(num_train, num_train)");
        body.Close();
        losses.Start(body);
        BatchLoop();
        losses.Values(body, "values");
        body.Line($"names = \"{string.Join(",", plan.Names)}\"");
        body.Line("logs = values");
        Validation();
        HostEpoch();
        foreach (ScriptCallbackEmitter callback in callbacks)
        {
            callback.EpochEnd(body);
        }

        body.Line("epoch = epoch + 1");
        body.Close();
        body.Blank();
        if (optimizer.HasFinish)
        {
            body.Comment("The averages become the variables");
            optimizer.Finish(body);
        }

        foreach (ScriptCallbackEmitter callback in callbacks)
        {
            callback.TrainEnd(body);
        }
    }

    private void BatchLoop()
    {
        // With steps_per_epoch an epoch goes on where the last one stopped, and ends where the data end (keras/src/trainers/epoch_iterator.py).
        bool hasSteps = settings.StepsPerEpoch is not null;
        string steps = hasSteps ? "epoch_steps" : "num_batches";
        if (hasSteps)
        {
            body.Line("epoch_steps = min(steps_per_epoch, num_batches - batches_seen)");
        }

        if (IsBatchLoopStoppable)
        {
            body.Line("batch = 1");
            body.Open($"while (batch <= {steps} & !stop_training)");
        }
        else
        {
            body.Open($"for (batch in 1:{steps})");
        }

        string place = hasSteps ? "place" : "batch";
        if (hasSteps)
        {
            body.Line("place = batches_seen + batch");
        }

        body.Line($"beg = ({place} - 1) * batch_size + 1");
        body.Line($"end = min(num_train, {place} * batch_size)");
        var arrays = new List<(string, string)>();
        arrays.AddRange(arguments.Inputs.Select((x, i) => (x, network.Tensors[network.Inputs[i]].Name)));
        arrays.AddRange(arguments.Targets.Select(y => (y, y + "_batch")));
        if (hasWeights)
        {
            arrays.AddRange(arguments.Weights.Where((_, i) => losses.SampleWeightColumns![i] > 0).Select(w => (w, w + "_batch")));
        }

        RowBatches.Take(body, sources, arrays);
        body.Comment("Forward");
        layers.Forward(body);
        body.Comment("Loss");
        losses.Losses(body, penalties);
        losses.Metrics(body);
        body.Comment("Backward");
        List<(int, string)> seeds = [.. losses.Backward(body), .. penalties.Backward(body)];
        var backward = new BackwardEmitter(network, layers, names, [], forParameters: true) { ClipRows = optimizer.ClipRows, TakesRowSizes = optimizer.TakesRowSizes };
        backward.Emit(body, seeds);
        penalties.AddWeightGradients(body, backward.ParameterGradients);
        GlobalRegularization(backward.ParameterGradients);
        body.Comment("Update");
        TrainedGradient?[] gradients = [.. trained.Select(p => Gradient(p, backward))];
        optimizer.ScaleLoss(body, gradients);
        string rate = learningRate.Emit(body);
        optimizer.Update(body, gradients, rate);
        foreach (ScriptCallbackEmitter callback in callbacks)
        {
            callback.BatchEnd(body);
        }

        if (settings.HostBatches)
        {
            body.Line($"stop = {sources.Function("host", "batch_end")}(epoch, batch, {steps}, {losses.RunningLoss()})");
            body.Line("stop_training = stop_training | stop");
        }

        if (IsBatchLoopStoppable)
        {
            body.Line("batch = batch + 1");
        }

        body.Close();
        if (hasSteps)
        {
            body.Line("batches_seen = batches_seen + epoch_steps");
            body.Open("if (batches_seen >= num_batches)");
            body.Line("batches_seen = 0");
            body.Close();
        }
    }

    // A penalty makes the gradient of an embedding dense.
    private static TrainedGradient? Gradient(LoweredParameter parameter, BackwardEmitter backward)
    {
        if (!backward.ParameterGradients.TryGetValue(parameter, out string? name))
        {
            return null;
        }

        return parameter.Parameter.Spec.Regularizer is null
            ? new TrainedGradient(name, backward.SquaredRows.GetValueOrDefault(parameter), backward.RowSizes.GetValueOrDefault(parameter))
            : new TrainedGradient(name);
    }

    // Keras2DML's global regularizer: on every weight, never on a bias.
    private void GlobalRegularization(Dictionary<LoweredParameter, string> gradients)
    {
        if (settings.Regularization is not { } regularization)
        {
            return;
        }

        foreach (LoweredParameter p in trained.Where(p => gradients.ContainsKey(p) && !p.Parameter.Spec.Name.EndsWith("bias", StringComparison.Ordinal) && p.Parameter.Spec.Name != "beta"))
        {
            string value = regularization.IsL1 ? $"sign({p.Name})" : p.Name;
            body.Line($"{gradients[p]} = {gradients[p]} + {DmlText.Double(regularization.WeightDecay)} * {value}");
        }
    }

    private void Validation()
    {
        if (evaluate is null)
        {
            return;
        }

        string condition = settings.ValidationEpochs is { } epochs ? string.Join(" | ", epochs.Select(e => Invariant($"epoch == {e}"))) : "epoch - validation_freq * floor(epoch / validation_freq) == 0";
        body.Line($"validated = {condition}");
        body.Line($"val_values = matrix(0, rows=1, cols={plan.Names.Count})");
        body.Open("if (validated)");
        body.Line($"val_values = {evaluate.Call(ValidationData("_val", ValidationWeights), "validation_batch_size", "validation_steps")}");
        body.Line("logs = cbind(values, val_values)");
        body.Line($"names = \"{string.Join(",", [.. plan.Names, .. plan.Names.Select(n => "val_" + n)])}\"");
        body.Close();
    }

    private void HostEpoch()
    {
        if (settings.HostWeights)
        {
            body.Line($"weights = list({string.Join(", ", network.Parameters.Select(p => $"{p.Name}={p.Name}"))})");
            body.Line($"[stop, lr, weights] = {sources.Function("host", "epoch_end_weights")}(epoch, epochs, names, logs, lr, weights)");
            body.Lines(network.Parameters.Select(p => $"{p.Name} = as.matrix(weights[\"{p.Name}\"])"));
        }
        else
        {
            body.Line($"[stop, lr] = {sources.Function("host", "epoch_end")}(epoch, epochs, names, logs, lr)");
        }

        body.Line("stop_training = stop_training | stop");
    }

    private void Results()
    {
        body.Blank();
        body.Comment("Results");
        VariableFiles.Write(body, network.Parameters, writes);
        optimizer.Write(body, writes);
    }
}
