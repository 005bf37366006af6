using System.Text;
using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;

namespace Keras2Dml.Cli.Output;

/// <summary>Writes the metrics per epoch to a file.</summary>
internal static class HistoryFile
{
    public static void Write(History history, string path)
    {
        string text = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(history) : Csv(history);
        AtomicFile.WriteText(path, text);
    }

    /// <summary>An object with an array per metric, as Keras's <c>history.history</c>.</summary>
    public static string Json(History history)
    {
        var tree = new JsonObject();
        foreach (string name in history.Names)
        {
            tree[name] = new JsonArray([.. history[name].Select(v => (JsonNode?)(double.IsFinite(v) ? JsonValue.Create(v) : JsonValue.Create(v.ToString(CultureInfo.InvariantCulture))))]);
        }

        return tree.ToJsonString() + "\n";
    }

    private static string Csv(History history)
    {
        var text = new StringBuilder("epoch," + string.Join(',', history.Names) + "\n");
        var next = new int[history.Names.Count];
        foreach (int epoch in history.Epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch}");
            for (int i = 0; i < next.Length; i++)
            {
                string name = history.Names[i];
                bool reported = next[i] < history[name].Count && history.EpochsOf(name)[next[i]] == epoch;
                text.Append(',').Append(reported ? history[name][next[i]++].ToString("R", CultureInfo.InvariantCulture) : "NA");
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
