using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Data;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml evaluate MODEL --data X,y</c>: loss and metrics.</summary>
internal static class EvaluateCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Option<string[]> data = CommonOptions.Data();
        Option<string[]> labels = CommonOptions.Labels();
        Option<string?> sampleWeight = CommonOptions.SampleWeight();
        Option<int> batchSize = CommonOptions.BatchSize();
        Option<bool> json = CommonOptions.Json();
        Option<Precision> precision = CommonOptions.Precision(Precision.Single);
        Option<int> threads = CommonOptions.Threads();
        return new DocumentedCommand(
            "evaluate",
            "Computes loss and metrics of a compiled model on data.",
            "keras2dml evaluate digits_cnn.trained.keras --data digits.csv --labels digit",
            "keras2dml evaluate lenet.keras --data test.npz --json") { model.Model, model.Weights, data, labels, sampleWeight, batchSize, json, precision, threads }
            .Does(parsed =>
            {
                KerasModel loaded = model.Load(parsed);
                LoadedData files = CommonOptions.Load(parsed.GetValue(data)!, parsed.GetValue(labels) ?? [], loaded, needTargets: true);
                IReadOnlyList<KeyValuePair<string, double>> metrics = loaded.Evaluate(
                    files.Inputs,
                    files.Targets!,
                    new EvaluateOptions
                    {
                        BatchSize = parsed.GetValue(batchSize), SampleWeight = CommonOptions.LoadArray(parsed.GetValue(sampleWeight)), Precision = parsed.GetValue(precision), Threads = parsed.GetValue(threads),
                    });
                if (parsed.GetValue(json))
                {
                    var tree = new JsonObject();
                    foreach ((string name, double value) in metrics)
                    {
                        tree[name] = double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));
                    }

                    Console.Out.WriteLine(tree.ToJsonString());
                }
                else
                {
                    foreach ((string name, double value) in metrics)
                    {
                        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:R}"));
                    }
                }

                return ExitCodes.Success;
            });
    }
}
