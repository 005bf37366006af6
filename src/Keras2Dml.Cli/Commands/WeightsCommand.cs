using System.CommandLine;
using System.Text.Json.Nodes;
using Keras2Dml.Cli.Output;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml weights MODEL</c>: names, shapes, statistics, histograms.</summary>
internal static class WeightsCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Option<string?> layer = new("--layer") { Description = "Only variables of this layer." };
        Option<bool> json = CommonOptions.Json();
        return new DocumentedCommand(
            "weights",
            "Lists the variables of a model with their statistics.",
            "keras2dml weights lenet.keras",
            "keras2dml weights lenet.keras --layer conv2d --json") { model.Model, model.Weights, layer, json }
            .Does(parsed =>
            {
                KerasModel loaded = model.Load(parsed);
                string? only = parsed.GetValue(layer);
                Weight[] weights = [.. loaded.Weights.Where(w => only is null || w.Path.StartsWith(only + "/", StringComparison.Ordinal) || w.Path.Contains("/" + only + "/", StringComparison.Ordinal))];
                if (only is not null && weights.Length == 0)
                {
                    throw CommandErrors.NoSuchLayer.With(only, string.Join(", ", loaded.Weights.Select(w => w.Path[..Math.Max(0, w.Path.LastIndexOf('/'))]).Distinct()));
                }

                WeightStatistics[] rows = [.. weights.Select(w => WeightStatistics.Of(w.Path, w.Value))];
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(new JsonArray([.. rows.Select(r => (JsonNode?)r.ToJson())]).ToJsonString());
                    return ExitCodes.Success;
                }

                int width = rows.Select(r => r.Path.Length).Append(8).Max();
                Console.Out.WriteLine(WeightStatistics.Header(width));
                foreach (WeightStatistics row in rows)
                {
                    Console.Out.WriteLine(row.Line(width));
                }

                return ExitCodes.Success;
            });
    }
}
