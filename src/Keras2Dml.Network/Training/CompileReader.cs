using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>How a model was compiled, as far as it can be trained here.</summary>
/// <param name="Spec">Losses, optimizer and metrics; null when the model was not compiled or something is not supported.</param>
/// <param name="Problems">What is not supported: training must report it, prediction need not.</param>
internal sealed record CompileResult(TrainingSpec? Spec, IReadOnlyList<Problem> Problems);

/// <summary>Reads <c>compile_config</c> of Keras 3 files and <c>training_config</c> of Keras 1 and 2 files.</summary>
internal sealed class CompileReader
{
    private const string Where = "compile configuration";

    private readonly ConfigReader reader = new();
    private readonly IReadOnlyList<string> outputs;

    private CompileReader(IReadOnlyList<string> outputs) => this.outputs = outputs;

    /// <summary>Reads a compile configuration.</summary>
    /// <param name="config">The configuration; null for an uncompiled model.</param>
    /// <param name="outputs">Names of the model's outputs, in order.</param>
    public static CompileResult Read(JsonObject? config, IReadOnlyList<string> outputs) =>
        config is null ? new CompileResult(null, []) : new CompileReader(outputs).Read(config);

    private CompileResult Read(JsonObject config)
    {
        JsonNode? optimizerNode = config["optimizer"] ?? config["optimizer_config"];
        KerasObject? optimizer = reader.Read(ObjectKind.Optimizer, optimizerNode, $"{Where}, optimizer");
        IReadOnlyList<KerasObject?> losses = [.. PerOutput(config["loss"], IsLoss).Select((n, i) => reader.Read(ObjectKind.Loss, Unwrap(n), $"{Where}, loss of output '{outputs[i]}'"))];
        IReadOnlyList<IReadOnlyList<KerasObject>> metrics = Metrics(config["metrics"]);
        IReadOnlyList<IReadOnlyList<KerasObject>> weighted = Metrics(config["weighted_metrics"]);
        List<double>? weights = LossWeights(config["loss_weights"]);
        if (reader.Problems.Count > 0 || optimizer is null || losses.All(l => l is null))
        {
            return new CompileResult(null, reader.Problems);
        }

        return new CompileResult(new TrainingSpec { Optimizer = optimizer, Losses = losses, LossWeights = weights, Metrics = metrics, WeightedMetrics = weighted }, []);
    }

    /// <summary>
    /// The entry of each output: a value for all, a list in order, or a dictionary by output name (nested structures are flattened in order).
    /// </summary>
    private JsonNode?[] PerOutput(JsonNode? node, Func<JsonNode, bool> isSingle)
    {
        switch (node)
        {
            case null:
                return new JsonNode?[outputs.Count];
            case JsonArray list when list.Count == outputs.Count || outputs.Count > 1:
                return [.. outputs.Select((_, i) => i < list.Count ? list[i] : null)];
            case JsonArray { Count: 1 } list:
                return [.. outputs.Select(_ => list[0])];
            case JsonObject byName when !isSingle(byName):
                return [.. outputs.Select((o, i) => byName.ContainsKey(o) ? byName[o] : byName.Count == outputs.Count && !outputs.Any(byName.ContainsKey) ? byName.GetAt(i).Value : null)];
            default:
                return [.. outputs.Select(_ => node)];
        }
    }

    private static bool IsLoss(JsonNode node) => node is JsonObject o && o.ContainsKey("class_name");

    private List<double>? LossWeights(JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        return [.. PerOutput(node, _ => false).Select(n => JsonValues.Plain(n) switch
        {
            null => 1,
            long whole => whole,
            double number => number,
            _ => Wrong(n),
        })];

        double Wrong(JsonNode? received)
        {
            reader.Add(KerasFileErrors.TrainingConfig.ProblemAt(Where, "loss_weights", "a number for each output", JsonValues.Shown(received)));
            return 1;
        }
    }

    private IReadOnlyList<KerasObject>[] Metrics(JsonNode? node)
    {
        JsonNode?[] perOutput = node switch
        {
            // With one output a list holds its metrics, possibly as a list in the list.
            JsonArray list when outputs.Count == 1 => [list.Count == 1 && list[0] is JsonArray inner ? inner : list],
            _ => PerOutput(node, IsLoss),
        };
        return [.. perOutput.Select((n, i) => (IReadOnlyList<KerasObject>)
            [.. (n is JsonArray list ? list : n is null ? Enumerable.Empty<JsonNode?>() : [n]).Where(m => m is not null).Select(m => Metric(m!, i)).OfType<KerasObject>()])];
    }

    private KerasObject? Metric(JsonNode node, int output)
    {
        string where = $"{Where}, metric of output '{outputs[output]}'";
        if (node is JsonValue value && value.TryGetValue(out string? name))
        {
            // "Accuracy" as a name means what "accuracy" means; Keras keeps the name as given for its logs.
            string lower = name.ToLowerInvariant();
            bool byShape = MetricTable.ByShape.Any(c => c.Name == lower || c.Aliases.Contains(lower));
            return reader.ByName(ObjectKind.Metric, byShape ? lower : name, where) is { } metric ? Named(metric, name) : null;
        }

        // What Keras 2 resolved "accuracy" to when it saved may be wrong for the labels (tf_keras, see above): it is resolved again.
        if (node is JsonObject { } o && JsonValues.Text(o["class_name"]) == "MeanMetricWrapper" && JsonValues.Text(JsonValues.Property(o["config"], "name")) is ("accuracy" or "acc") and var given)
        {
            return reader.ByName(ObjectKind.Metric, "accuracy", where) is { } metric ? Named(metric, given) : null;
        }

        return reader.Read(ObjectKind.Metric, Unwrap(node), where);
    }

    private static KerasObject Named(KerasObject metric, string name) =>
        new(metric.Class, new Dictionary<string, object?>(metric.Values, StringComparer.Ordinal) { ["name"] = name });

    /// <summary>A wrapper around a function (<c>MeanMetricWrapper</c>, <c>LossFunctionWrapper</c>) as the class of that function.</summary>
    public static JsonNode? Unwrap(JsonNode? node)
    {
        if (node is not JsonObject o || JsonValues.Text(o["class_name"]) is not ("MeanMetricWrapper" or "LossFunctionWrapper") || o["config"] is not JsonObject config)
        {
            return node;
        }

        string? function = JsonValues.Text(config["fn"] is JsonObject f ? f["config"] : config["fn"]);
        var inner = new JsonObject();
        foreach ((string key, JsonNode? value) in config)
        {
            if (key != "fn")
            {
                inner[key] = value?.DeepClone();
            }
        }

        return new JsonObject { ["class_name"] = function, ["config"] = inner };
    }
}
