using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Cli.Output;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml weights MODEL</c>: names, shapes, statistics, histograms.</summary>
internal static class WeightsCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Option<string?> layer = new("--layer") { Description = "Only variables of this layer; adds a histogram." };
        Option<bool> json = CommonOptions.Json();
        return new Command("weights", "Lists the variables of a model with their statistics.") { model.Model, model.Weights, layer, json }
            .Does(parsed =>
            {
                KerasModel loaded = model.Load(parsed);
                string? only = parsed.GetValue(layer);
                WeightStatistics[] rows = [.. loaded.Weights.Where(w => only is null || w.Path.StartsWith(only + "/", StringComparison.Ordinal)).Select(w => WeightStatistics.Of(w.Path, w.Value))];
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(new JsonArray([.. rows.Select(r => (JsonNode?)r.ToJson())]).ToJsonString());
                    return ExitCodes.Success;
                }

                int width = Math.Max(8, rows.Length == 0 ? 0 : rows.Max(r => r.Path.Length));
                Console.Out.WriteLine($"{"Variable".PadRight(width)}  {"Shape",-20} {"Mean",12} {"Std",12} {"Min",12} {"Max",12}");
                foreach (WeightStatistics row in rows)
                {
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{row.Path.PadRight(width)}  {row.Shape,-20} {row.Mean,12:0.#####} {row.StandardDeviation,12:0.#####} {row.Minimum,12:0.#####} {row.Maximum,12:0.#####}"));
                    if (only is not null)
                    {
                        Console.Out.WriteLine("  " + row.Histogram());
                    }
                }

                return ExitCodes.Success;
            });
    }
}
