using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Execution;
using Keras2Dml.Keras;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification;

/// <summary>Whole runs of fit: weights, optimizer state, history, predictions and evaluation afterwards.</summary>
internal sealed class FitCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part is "training/fit" or "training/fit_keras2";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        JsonObject run = JsonNode.Parse(File.ReadAllText(Path.Combine(index.Folder, name + ".json")))!.AsObject();
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        NetworkModel model = KerasDocument.Load(Path.Combine(index.Folder, (string)run["model"]!)).Model;
        if (model.TrainingProblems.Count > 0)
        {
            throw new Keras2DmlException(model.TrainingProblems);
        }

        TrainingSpec training = model.Training ?? throw TrainingErrors.NotCompiled.With();

        UseFactorsOfTheReference(model);

        // Random numbers of a run with dropout are float32: only single precision draws the same masks.
        ComputeOptions compute = (string?)run["needs"] == "dropout_parity" ? options.Compute with { Precision = Precision.Single } : options.Compute;
        var arrays = new FitData(DataFolder(index.Folder), run);
        int[] rows = Pair(run["rows"]!);
        JsonNode? held = run["validation_data"];
        TrainingData? validation = held is null ? null : arrays.Take(Pair(held["rows"]!)[0], Pair(held["rows"]!)[1]);
        var fit = new TrainingRun(model, training, arrays.Take(rows[0], rows[1]), validation, Settings(run), compute);

        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, compute.Precision);
        int seeds = 0;
        foreach ((string path, Tensor reference) in GoldenGradients.Named(data, "weights/"))
        {
            Tensor? ours = model.Parameters.FirstOrDefault(p => IsPath(path, p.Path))?.Value ?? (path.StartsWith("seed_generator", StringComparison.Ordinal) ? model.Parameters.Where(p => IsSeed(path, p.Path)).ElementAtOrDefault(seeds++)?.Value : null);
            comparison.Check("weights/" + path, ours, reference, tolerances.Other("weights"));
        }

        CheckHistory(fit, data, comparison, tolerances);
        CheckOptimizer(fit, data, comparison, tolerances);
        CheckAfterwards(model, training, arrays, run, data, comparison, tolerances, compute);
        return comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name) : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
    }

    /// <summary>True when a path of the built model means a variable of the loaded one: <c>sequential/hidden/kernel</c> and <c>hidden/kernel</c>.</summary>
    public static bool IsPath(string built, string loaded) => built == loaded || built.EndsWith("/" + loaded, StringComparison.Ordinal);

    // The state of a random layer's seed has no layer in its path.
    private static bool IsSeed(string built, string loaded) => built.StartsWith("seed_generator", StringComparison.Ordinal) && loaded.EndsWith("/seed_generator/seed_generator_state", StringComparison.Ordinal);


    // The references of fit runs come from models built in code, where the factor of a penalty is the number as written (training/README.md, "Reference precision");
    // the files hold some of them as float32. The shortest number that reads back to the float32 is the one that was written.
    private static void UseFactorsOfTheReference(NetworkModel model)
    {
        static object? Written(object? value) => value is double d && d == (float)d ? double.Parse(((float)d).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
        foreach (LayerUse layer in model.Layers)
        {
            layer.Parameters =
            [
                .. layer.Parameters.Select(p => p.Spec.Regularizer is not { } r ? p : new ModelParameter(
                    p.Spec with { Regularizer = new KerasObject(r.Class, r.Values.ToDictionary(v => v.Key, v => Written(v.Value), StringComparer.Ordinal)) }, p.Path) { Value = p.Value }),
            ];
        }
    }

    private static void CheckHistory(TrainingRun fit, IReadOnlyDictionary<string, Tensor> data, Comparison comparison, Tolerances tolerances)
    {
        foreach ((string name, Tensor reference) in GoldenGradients.Named(data, "history/"))
        {
            // A metric of several numbers has one series for each of them.
            List<double>[] series = fit.History.TryGetValue(name, out List<double>? values) ? [values] : [.. fit.History.Where(h => h.Key.StartsWith(name + "[", StringComparison.Ordinal)).Select(h => h.Value)];
            Tensor? ours = series.Length == 0 ? null : Tensor.From([.. Enumerable.Range(0, series[0].Count).SelectMany(e => series.Select(s => s[e]))], series[0].Count, series.Length);
            comparison.Check("history/" + name, ours, reference, tolerances.Other("history"));
        }

        foreach (string name in fit.History.Keys.Where(n => !data.ContainsKey("history/" + n.Split('[')[0])))
        {
            comparison.Fail($"history/{name}: not in the reference");
        }

        if (data.TryGetValue("history_epochs", out Tensor? epochs))
        {
            comparison.Check("history_epochs", Tensor.From([.. fit.Epochs.Select(e => (double)e)], fit.Epochs.Count), epochs, 0);
        }
    }

    // Keys are "<optimizer>/<variable>"; names of slots have the name of the built model in front.
    private static void CheckOptimizer(TrainingRun fit, IReadOnlyDictionary<string, Tensor> data, Comparison comparison, Tolerances tolerances)
    {
        foreach ((string path, Tensor reference) in GoldenGradients.Named(data, "optimizer/"))
        {
            // Our names have no prefix of the model; a name that stands alone (Adafactor's factors) is that of several variables, of which the reference holds one.
            string name = path[(path.LastIndexOf('/') + 1)..];
            string[] parts = path.Split('/');
            if (name is "learning_rate" or "iteration" || name.Contains('_', StringComparison.Ordinal))
            {
                Tensor? ours = fit.OptimizerVariables.FirstOrDefault(v => parts.Contains(v.Owner) && (v.Name == name || name.EndsWith("_" + v.Name, StringComparison.Ordinal))).Value;
                comparison.Check("optimizer/" + path, ours, reference, tolerances.Other("weights"));
            }
        }
    }

    private static void CheckAfterwards(
        NetworkModel model, TrainingSpec training, FitData arrays, JsonObject run, IReadOnlyDictionary<string, Tensor> data, Comparison comparison, Tolerances tolerances, ComputeOptions compute)
    {
        if ((int?)run["predict_rows"] is { } rows && data.ContainsKey("predict/0"))
        {
            IReadOnlyList<Tensor> predictions = TrainingRun.Predict(model, arrays.First(rows).Inputs, compute);
            foreach ((int i, Tensor reference) in GoldenGradients.Numbered(data, "predict"))
            {
                comparison.Check($"predict/{i}", predictions.ElementAtOrDefault(i), reference, tolerances.Other("predict"));
            }
        }

        if (run["evaluate"] is JsonObject evaluate)
        {
            IReadOnlyDictionary<string, double> values = TrainingRun.Evaluate(model, training, arrays.First((int)evaluate["rows"]!), (int)evaluate["batch_size"]!, compute);
            foreach ((string name, Tensor reference) in GoldenGradients.Named(data, "evaluate/"))
            {
                comparison.Check("evaluate/" + name, values.TryGetValue(name, out double value) ? Tensor.From([value], 1) : null, reference, tolerances.Other("evaluate"));
            }
        }
    }

    private static string DataFolder(string folder)
    {
        string own = Path.Combine(folder, "data");
        string shared = Path.Combine(Path.GetDirectoryName(folder)!, "fit", "data");

        // Held-out runs refer to the data of the visible corpus.
        string visible = Path.Combine(folder.Replace(Path.Combine("heldout", "golden"), "golden", StringComparison.Ordinal), "..", "fit", "data");
        return new[] { own, shared, visible }.FirstOrDefault(Directory.Exists) ?? own;
    }

    private static int[] Pair(JsonNode node) => [.. node.AsArray().Select(n => (int)n!)];

    private static FitSettings Settings(JsonObject run) => new()
    {
        Epochs = (int)run["epochs"]!,
        InitialEpoch = (int?)run["initial_epoch"] ?? 0,
        BatchSize = (int?)run["batch_size"] ?? 32,
        StepsPerEpoch = (int?)run["steps_per_epoch"],
        ValidationSplit = run["validation_data"] is null ? (double?)run["validation_split"] ?? 0 : 0,
        HasValidationData = run["validation_data"] is not null,
        ValidationFrequency = run["validation_freq"] is JsonValue f ? (int)f : 1,
        ValidationEpochs = run["validation_freq"] is JsonArray list ? [.. list.Select(e => (int)e!)] : null,
        ValidationSteps = (int?)run["validation_steps"],
        ValidationBatchSize = (int?)run["validation_batch_size"],
        Shuffle = (bool?)run["shuffle"] ?? false,
        Seed = (long?)run["seed"],
        ClassWeights = run["class_weight"] is JsonObject weights ? weights.ToDictionary(w => int.Parse(w.Key, CultureInfo.InvariantCulture), w => (double)w.Value!) : null,
        Callbacks = [.. (run["callbacks"] as JsonArray ?? []).Select(c => Callback(c!.AsObject())).OfType<ScriptCallback>()],
    };

    // Callbacks that only write files have no part in the numbers.
    private static ScriptCallback? Callback(JsonObject c) => (string)c["class"]! switch
    {
        "EarlyStopping" => new Codegen.Training.Callbacks.EarlyStopping
        {
            Monitor = (string?)c["monitor"] ?? "val_loss", MinDelta = (double?)c["min_delta"] ?? 0, Patience = (int?)c["patience"] ?? 0, Mode = (string?)c["mode"] ?? "auto",
            Baseline = (double?)c["baseline"], RestoreBestWeights = (bool?)c["restore_best_weights"] ?? false, StartFromEpoch = (int?)c["start_from_epoch"] ?? 0,
        },
        "ReduceLROnPlateau" => new Codegen.Training.Callbacks.ReduceLearningRateOnPlateau
        {
            Monitor = (string?)c["monitor"] ?? "val_loss", Factor = (double?)c["factor"] ?? 0.1, Patience = (int?)c["patience"] ?? 10, Mode = (string?)c["mode"] ?? "auto",
            MinDelta = (double?)c["min_delta"] ?? 1e-4, Cooldown = (int?)c["cooldown"] ?? 0, MinLearningRate = (double?)c["min_lr"] ?? 0,
        },
        "LearningRateScheduler" => new Codegen.Training.Callbacks.LearningRateScheduler
        {
            Table = c["table"] is JsonArray table ? [.. table.Select(v => (double)v!)] : null, Factor = (double?)c["factor"] ?? 1,
        },
        "TerminateOnNaN" => new Codegen.Training.Callbacks.TerminateOnNaN(),
        _ => null,
    };

    /// <summary>The arrays of a run: rows are taken first, then columns or a new shape for each row.</summary>
    private sealed class FitData(string folder, JsonObject run)
    {
        private readonly Dictionary<string, IReadOnlyDictionary<string, Tensor>> files = new(StringComparer.Ordinal);

        public TrainingData Take(int from, int to) => new([.. Of("x", from, to)], [.. Of("y", from, to)], SampleWeights(from, to));

        /// <summary>The first of the run's rows.</summary>
        public TrainingData First(int rows)
        {
            int[] range = Pair(run["rows"]!);
            return Take(range[0], Math.Min(range[0] + rows, range[1]));
        }

        // One array for all outputs, or one (or null) for each.
        private List<Tensor?>? SampleWeights(int from, int to)
        {
            int outputs = run["y"]!.AsArray().Count;
            JsonNode?[]? each = run["sample_weight"] switch
            {
                JsonObject one => [.. Enumerable.Repeat<JsonNode?>(one, outputs)],
                JsonArray list => list.Count == outputs ? [.. list] : [.. Enumerable.Repeat(list[0], outputs)],
                _ => null,
            };
            return each is null ? null : [.. each.Select(node => node is null ? null : Cut(Arrays((string)node["data"]!)[(string)node["key"]!], node.AsObject(), from, to))];
        }

        private IEnumerable<Tensor> Of(string key, int from, int to) => run[key]!.AsArray().Select((description, i) => Cut(Array(key, i), description!.AsObject(), from, to));

        private Tensor Array(string key, int place)
        {
            JsonObject description = run[key]!.AsArray()[place]!.AsObject();
            return Arrays((string)description["data"]!)[(string)description["key"]!];
        }

        private IReadOnlyDictionary<string, Tensor> Arrays(string file)
        {
            if (!files.TryGetValue(file, out IReadOnlyDictionary<string, Tensor>? arrays))
            {
                files[file] = arrays = NpzFile.ReadAll(Path.Combine(folder, file + ".npz"));
            }

            return arrays;
        }

        private static Tensor Cut(Tensor array, JsonObject description, int from, int to)
        {
            int width = array.Length / array.Shape[0];
            int[] columns = description["columns"] is { } c ? Pair(c) : [0, width];
            int[] rest = description["reshape"] is { } shape ? Pair(shape) : description["columns"] is not null ? [columns[1] - columns[0]] : [.. array.Shape.Skip(1)];
            to = Math.Min(to, array.Shape[0]);
            var values = new double[(to - from) * (columns[1] - columns[0])];
            int k = 0;
            for (int r = from; r < to; r++)
            {
                for (int col = columns[0]; col < columns[1]; col++)
                {
                    values[k++] = array.GetDouble((r * width) + col);
                }
            }

            Tensor cut = Tensor.From(values, [to - from, .. rest]);
            return array.ElementType is ElementType.Float32 or ElementType.Float64 ? cut : cut.Cast(array.ElementType);
        }
    }
}
