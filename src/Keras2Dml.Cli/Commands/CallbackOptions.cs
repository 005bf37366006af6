using System.Globalization;
using Keras2Dml.Callbacks;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Cli.Commands;

/// <summary>Callbacks from the command line: <c>name:key=value,key=value</c>.</summary>
internal static class CallbackOptions
{
    private static readonly string[] Names = ["early_stopping", "reduce_lr_on_plateau", "learning_rate_scheduler", "model_checkpoint", "terminate_on_nan", "csv_logger"];

    public static IReadOnlyList<Callback> Parse(IReadOnlyList<string> texts) => [.. texts.Select(Parse)];

    private static Callback Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        var values = new Values(text, parts.Length > 1 ? parts[1] : string.Empty);
        Callback callback = parts[0] switch
        {
            "early_stopping" => new EarlyStopping
            {
                Monitor = values.Text("monitor", "val_loss"), Patience = values.Int("patience", 0), MinDelta = values.Double("min_delta", 0), Mode = values.Text("mode", "auto"),
                RestoreBestWeights = values.Text("restore_best_weights", "false") == "true", StartFromEpoch = values.Int("start_from_epoch", 0),
            },
            "reduce_lr_on_plateau" => new ReduceLearningRateOnPlateau
            {
                Monitor = values.Text("monitor", "val_loss"), Factor = values.Double("factor", 0.1), Patience = values.Int("patience", 10), Mode = values.Text("mode", "auto"),
                MinDelta = values.Double("min_delta", 1e-4), Cooldown = values.Int("cooldown", 0), MinLearningRate = values.Double("min_lr", 0),
            },
            "learning_rate_scheduler" => new LearningRateScheduler { Factor = values.Double("factor", 1) },
            "model_checkpoint" => new ModelCheckpoint(values.Text("path", "checkpoint.keras"))
            {
                Monitor = values.Text("monitor", "val_loss"), SaveBestOnly = values.Text("save_best_only", "false") == "true", Mode = values.Text("mode", "auto"),
            },
            "terminate_on_nan" => new TerminateOnNaN(),
            "csv_logger" => new CsvLogger(values.Text("path", "log.csv")),
            _ => throw CommandErrors.Callback.With(string.Join(", ", Names), text),
        };
        values.CheckAllUsed();
        return callback;
    }

    private sealed class Values(string whole, string text)
    {
        private readonly Dictionary<string, string> values = text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .ToDictionary(p => p.Length == 1 ? "path" : p[0], p => p[^1], StringComparer.Ordinal);

        public string Text(string key, string @default) => values.Remove(key, out string? value) ? value : @default;

        public int Int(string key, int @default) => values.Remove(key, out string? value)
            ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : throw CommandErrors.CallbackValue.With(key, whole)
            : @default;

        public double Double(string key, double @default) => values.Remove(key, out string? value)
            ? double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : throw CommandErrors.CallbackValue.With(key, whole)
            : @default;

        public void CheckAllUsed()
        {
            if (values.Count > 0)
            {
                throw CommandErrors.CallbackValue.With(values.Keys.First(), whole);
            }
        }
    }
}
