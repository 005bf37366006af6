using System.Globalization;
using System.Text;
using Keras2Dml.Core.Data;

namespace Keras2Dml.Callbacks;

/// <summary>Writes the metrics of each epoch to a csv file, keys sorted. Keras: <c>keras.callbacks.CSVLogger</c>.</summary>
/// <param name="path">The file; written atomically after each epoch.</param>
/// <param name="separator">Keras: <c>separator</c>.</param>
public sealed class CsvLogger(string path, string separator = ",") : Callback
{
    private readonly StringBuilder text = new();
    private string[]? keys;

    /// <inheritdoc/>
    public override void OnTrainBegin(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        text.Clear();
        keys = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (keys is null)
        {
            // Keras writes columns of validation values in any case.
            string[] plain = [.. context.Metrics.Select(m => m.Key).Where(k => !k.StartsWith("val_", StringComparison.Ordinal))];
            keys = [.. plain.Concat(plain.Select(k => "val_" + k)).Concat(context.Metrics.Select(m => m.Key)).Distinct().Order(StringComparer.Ordinal)];
            text.Append("epoch").Append(separator).AppendJoin(separator, keys).Append('\n');
        }

        Dictionary<string, double> values = context.Metrics.ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
        text.Append(CultureInfo.InvariantCulture, $"{context.Epoch}");
        foreach (string key in keys)
        {
            text.Append(separator).Append(values.TryGetValue(key, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : "NA");
        }

        text.Append('\n');
        AtomicFile.WriteText(path, text.ToString());
    }
}
