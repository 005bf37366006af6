using System.Text.Json.Nodes;
using Keras2Dml.Keras.Training;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Saving;

/// <summary>Writes a training specification as a compile configuration. Parts that are still those of the file are taken over as they are there.</summary>
internal static class CompileWriter
{
    /// <summary>True when the model is compiled otherwise than its file says.</summary>
    public static bool Changed(KerasDocument document)
    {
        TrainingSpec? now = document.Model.Training;
        TrainingSpec? before = document.StoredTraining;
        return now is not null && (before is null || !ReferenceEquals(now.Optimizer, before.Optimizer) || !ReferenceEquals(now.Losses, before.Losses) ||
            !ReferenceEquals(now.LossWeights, before.LossWeights) || !ReferenceEquals(now.Metrics, before.Metrics) || !ReferenceEquals(now.WeightedMetrics, before.WeightedMetrics));
    }

    /// <summary>The content of compile_config.</summary>
    public static JsonObject Config(KerasDocument document)
    {
        TrainingSpec now = document.Model.Training!;
        TrainingSpec? before = document.StoredTraining;
        JsonObject stored = TrainingReader.ConfigOf(document.File) ?? [];
        var config = new JsonObject
        {
            ["optimizer"] = before is not null && ReferenceEquals(now.Optimizer, before.Optimizer) ? (stored["optimizer"] ?? stored["optimizer_config"])?.DeepClone() : KerasJson.Write(now.Optimizer),
            ["loss"] = before is not null && ReferenceEquals(now.Losses, before.Losses) ? stored["loss"]?.DeepClone() : Losses(now.Losses),
            ["loss_weights"] = before is not null && ReferenceEquals(now.LossWeights, before.LossWeights) ? stored["loss_weights"]?.DeepClone() : Weights(now.LossWeights),
            ["metrics"] = before is not null && ReferenceEquals(now.Metrics, before.Metrics) ? stored["metrics"]?.DeepClone() : Metrics(now.Metrics),
            ["weighted_metrics"] = before is not null && ReferenceEquals(now.WeightedMetrics, before.WeightedMetrics) ? stored["weighted_metrics"]?.DeepClone() : Metrics(now.WeightedMetrics),
            ["run_eagerly"] = stored["run_eagerly"]?.DeepClone() ?? false,
            ["steps_per_execution"] = stored["steps_per_execution"]?.DeepClone() ?? 1,
            ["jit_compile"] = stored["jit_compile"]?.DeepClone() ?? false,
        };
        return config;
    }

    /// <summary>The content of the attribute training_config of legacy files.</summary>
    public static JsonObject LegacyConfig(KerasDocument document)
    {
        JsonObject config = Config(document);
        JsonNode? optimizer = config["optimizer"];
        config.Remove("optimizer");
        config["optimizer_config"] = optimizer is JsonObject o ? new JsonObject { ["class_name"] = o["class_name"]?.DeepClone(), ["config"] = o["config"]?.DeepClone() } : optimizer;
        return config;
    }

    private static JsonNode? Losses(IReadOnlyList<KerasObject?> losses) =>
        losses.Count == 1 ? KerasJson.Write(losses[0]) : new JsonArray([.. losses.Select(KerasJson.Write)]);

    private static JsonArray? Weights(IReadOnlyList<double>? weights) => weights is null ? null : new JsonArray([.. weights.Select(w => (JsonNode)w)]);

    private static JsonArray? Metrics(IReadOnlyList<IReadOnlyList<KerasObject>> metrics)
    {
        if (metrics.All(m => m.Count == 0))
        {
            return null;
        }

        return metrics.Count == 1
            ? new JsonArray([.. metrics[0].Select(Metric)])
            : new JsonArray([.. metrics.Select(m => (JsonNode)new JsonArray([.. m.Select(Metric)]))]);
    }

    // "accuracy" by name keeps its meaning, which depends on shapes.
    private static JsonNode? Metric(KerasObject metric) => KerasJson.Write(metric);
}
