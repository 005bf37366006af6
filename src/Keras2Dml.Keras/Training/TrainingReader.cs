using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Training;

/// <summary>Reads how a model was compiled: optimizer with its state, losses and metrics per output.</summary>
internal sealed class TrainingReader
{
    private readonly ConfigReader reader = new();
    private readonly NetworkModel model;
    private readonly bool legacy;

    private TrainingReader(NetworkModel model, bool legacy)
    {
        this.model = model;
        this.legacy = legacy;
    }

    /// <summary>The model with its training specification, and what was found unsupported in it.</summary>
    public static (NetworkModel Model, IReadOnlyList<Problem> Problems) Read(NetworkModel model, ModelConfig outline, KerasFile file)
    {
        if (ConfigOf(file) is not { Count: > 0 } config || (config["optimizer"] ?? config["optimizer_config"]) is not { } optimizerNode)
        {
            return (model, []);
        }

        var training = new TrainingReader(model, file.Format == KerasFormat.LegacyHdf);
        KerasObject? optimizer = training.reader.Read(ObjectKind.Optimizer, optimizerNode, "optimizer");
        IReadOnlyList<KerasObject?> losses = training.PerOutput(config["loss"], "loss", n => training.One(ObjectKind.Loss, n, "loss"), (KerasObject?)null, shared: true);
        IReadOnlyList<IReadOnlyList<KerasObject>> metrics = training.Metrics(config["metrics"], "metrics");
        IReadOnlyList<IReadOnlyList<KerasObject>> weighted = training.Metrics(config["weighted_metrics"], "weighted_metrics");
        IReadOnlyList<double>? weights = config["loss_weights"] is null ? null : training.PerOutput(config["loss_weights"], "loss_weights", training.Number, 1.0, shared: false);
        if (training.reader.Problems.Count > 0 || optimizer is null)
        {
            return (model, training.reader.Problems);
        }

        var spec = new TrainingSpec { Optimizer = optimizer, Losses = losses, LossWeights = weights, Metrics = metrics, WeightedMetrics = weighted };
        var problems = new List<Problem>();
        IReadOnlyList<OptimizerVariable> state = OptimizerState.Read(model, spec, file, problems);
        return problems.Count > 0 ? (model, problems) : (model with { Training = spec with { OptimizerVariables = state } }, []);
    }

    /// <summary>The compile configuration of a file: compile_config, or the attribute training_config of legacy files.</summary>
    public static JsonObject? ConfigOf(KerasFile file)
    {
        if (file.Format == KerasFormat.LegacyHdf)
        {
            return file.Hdf!.TextAttribute("training_config") is { } text
                ? JsonText.Parse(System.Text.Encoding.UTF8.GetBytes(text), file.Path, "The attribute training_config") as JsonObject
                : null;
        }

        return file.Config!["compile_config"] as JsonObject;
    }

    private KerasObject? One(ObjectKind kind, JsonNode? node, string where) => node is null ? null : reader.Read(kind, Unwrapped(node), where);

    // Keras 2 wraps functions: {"class_name": "MeanMetricWrapper", "config": {"name": "accuracy", "fn": "categorical_accuracy"}}.
    private static JsonNode Unwrapped(JsonNode node)
    {
        if (node is JsonObject o && ModelConfigReader.TextOf(o["class_name"]) is "MeanMetricWrapper" or "LossFunctionWrapper" && o["config"] is JsonObject config && config["fn"] is { } function)
        {
            return ModelConfigReader.TextOf(function) is { } name ? JsonValue.Create(name) : function;
        }

        return node;
    }

    private double Number(JsonNode? node)
    {
        switch (JsonValues.Plain(node))
        {
            case double d: return d;
            case long l: return l;
            case null: return 1;
            default:
                reader.Add(KerasFileErrors.TrainingConfig.ProblemAt(null, "loss_weights", "numbers", JsonValues.Shown(node)));
                return 1;
        }
    }

    private IReadOnlyList<IReadOnlyList<KerasObject>> Metrics(JsonNode? node, string what)
    {
        // A flat list belongs to the only output; in Keras 2 to every output.
        if (node is JsonArray list && !list.Any(e => e is JsonArray) && (model.Outputs.Count == 1 || (legacy && list.Count != model.Outputs.Count)))
        {
            IReadOnlyList<KerasObject> all = ListOf(node, what);
            return [.. model.Outputs.Select(_ => all)];
        }

        return node is null ? [] : PerOutput(node, what, n => ListOf(n, what), (IReadOnlyList<KerasObject>)[], shared: false);
    }

    private IReadOnlyList<KerasObject> ListOf(JsonNode? node, string what) => node switch
    {
        null => [],
        JsonArray list => [.. list.SelectMany(n => ListOf(n, what))],
        _ => One(ObjectKind.Metric, node, what) is { } metric ? [metric] : [],
    };

    /// <summary>One value per output from one value, a list, or a dictionary by the names or keys of outputs.</summary>
    private IReadOnlyList<T> PerOutput<T>(JsonNode? node, string what, Func<JsonNode?, T> read, T none, bool shared)
    {
        IReadOnlyList<ModelOutput> outputs = model.Outputs;
        switch (node)
        {
            case null:
                return [.. outputs.Select(_ => none)];
            case JsonArray list when list.Count == outputs.Count:
                return [.. list.Select(read)];
            case JsonArray { Count: 1 } list when shared:
                return [.. outputs.Select(_ => read(list[0]))];
            case JsonObject o when o["class_name"] is null:
                string[] unknown = [.. o.Select(e => e.Key).Where(k => !outputs.Any(output => output.Name == k || output.Key == k))];
                if (unknown.Length > 0)
                {
                    break;
                }

                return [.. outputs.Select(output => o.TryGetPropertyValue(output.Key ?? output.Name, out JsonNode? value) || o.TryGetPropertyValue(output.Name, out value) ? read(value) : none)];
            case JsonObject or JsonValue when outputs.Count == 1 || shared:
                return [.. outputs.Select(_ => read(node))];
        }

        reader.Add(KerasFileErrors.TrainingConfig.ProblemAt(null, what, $"one value for each of the outputs {string.Join(", ", outputs.Select(o => o.Key ?? o.Name))}", JsonValues.Shown(node)));
        return [.. outputs.Select(_ => none)];
    }
}
