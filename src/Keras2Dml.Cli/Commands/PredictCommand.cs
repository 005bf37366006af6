using System.CommandLine;
using Keras2Dml.Cli.Output;
using Keras2Dml.Data;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml predict MODEL --data X -o p.npy</c>.</summary>
internal static class PredictCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Option<string[]> data = CommonOptions.Data();
        Option<string[]> labels = CommonOptions.Labels();
        Option<string?> output = new("--output", "-o") { Description = "Where to write: .npy, .npz, .csv, .parquet or .json; csv on stdout without it." };
        Option<bool> json = new("--json") { Description = "JSON on stdout instead of csv." };
        Option<int> batchSize = CommonOptions.BatchSize();
        Option<Precision> precision = CommonOptions.Precision(Precision.Single);
        Option<int> threads = CommonOptions.Threads();
        return new DocumentedCommand(
            "predict",
            "Computes the outputs of a model.",
            "keras2dml predict lenet.keras --data X.npy -o p.npy",
            "keras2dml predict digits_cnn.trained.keras --data digits.parquet --labels digit -o p.parquet",
            "keras2dml predict lenet.keras --data X.npy --json") { model.Model, model.Weights, data, labels, output, json, batchSize, precision, threads }
            .Does(parsed =>
            {
                string? path = parsed.GetValue(output);
                if (path is not null)
                {
                    CommonOptions.CheckOutput(path, PredictionFile.Endings);
                }

                KerasModel loaded = model.Load(parsed);
                LoadedData files = CommonOptions.Load(parsed.GetValue(data)!, parsed.GetValue(labels) ?? [], loaded, needTargets: false);
                IReadOnlyList<Tensor> predictions = loaded.Predict(
                    files.Inputs, new PredictOptions { BatchSize = parsed.GetValue(batchSize), Precision = parsed.GetValue(precision), Threads = parsed.GetValue(threads) });
                string[] names = [.. loaded.Outputs.Select(o => o.Name)];
                if (path is null && parsed.GetValue(json))
                {
                    Console.Out.Write(PredictionFile.Json(names, predictions));
                }
                else if (path is null)
                {
                    PredictionFile.WriteCsv(Console.Out, predictions);
                }
                else
                {
                    PredictionFile.Write(path, names, predictions);
                    Console.Error.WriteLine($"Saved {path}: {string.Join(", ", predictions.Select(p => "(" + string.Join(", ", p.Shape) + ")"))}");
                }

                return ExitCodes.Success;
            });
    }
}
