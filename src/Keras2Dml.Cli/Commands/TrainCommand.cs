using System.CommandLine;
using Keras2Dml.Callbacks;
using Keras2Dml.Cli.Output;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;

namespace Keras2Dml.Cli.Commands;

/// <summary><c>keras2dml train MODEL --data X,y -o OUT.keras</c>: fit.</summary>
internal static class TrainCommand
{
    public static Command Build()
    {
        var model = new ModelSource();
        Option<string[]> data = CommonOptions.Data();
        Option<string[]> labels = CommonOptions.Labels();
        Option<string[]> validation = new("--validation-data") { Description = "Data for validation, as for --data; overrides --validation-split." };
        Option<string?> output = new("--output", "-o") { Description = "Where to save the trained model (.keras or .h5); MODEL.trained.keras without it (.trained.h5 for models of Keras 1 and 2)." };
        Option<string?> history = new("--history") { Description = "Writes the metrics per epoch to .csv or .json." };
        Option<string?> sampleWeight = CommonOptions.SampleWeight();
        Option<string?> plot = new("--plot") { Description = "Draws the curves of loss and metrics, training and validation, to .png or .svg." };
        Option<string[]> callbacks = new("--callbacks")
        {
            Description = "Keras callbacks, for example early_stopping:monitor=val_loss,patience=3 model_checkpoint:best.keras reduce_lr_on_plateau csv_logger:log.csv terminate_on_nan.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<bool> json = new("--json") { Description = "The metrics per epoch as JSON on stdout." };
        Option<int> verbose = new("--verbose") { Description = "0 silent, 1 progress bar, 2 one line per epoch.", DefaultValueFactory = _ => 1 };
        Option<int> threads = CommonOptions.Threads();
        Option<Precision> precision = CommonOptions.Precision(Precision.Single);
        Option<string> memory = CommonOptions.Memory();
        Option<bool> stats = CommonOptions.Stats();
        var fit = new FitOptionSet();
        return fit.AddScriptOptions(new DocumentedCommand(
            "train",
            "Trains a model and saves it.",
            "keras2dml train mlp.keras --data X.npy,y.npy --epochs 20 --validation-split 0.2 -o mlp.trained.keras",
            "keras2dml train digits_cnn.keras --data digits.csv --labels digit --epochs 15 --plot curves.png --history history.csv",
            "keras2dml train lenet.keras --data train-images-idx3-ubyte.gz,train-labels-idx1-ubyte.gz --callbacks early_stopping:monitor=loss,patience=3 model_checkpoint:best.keras",
            "keras2dml train two_inputs.keras --data a=A.npy,b=B.npy,out=y.npy --optimizer sgd --learning-rate 0.01 --lr-policy inv --loss mse") { model.Model, model.Weights, data, labels, validation, sampleWeight, output, history, plot, json, callbacks, verbose, threads, precision, memory, stats })
            .Does(parsed =>
            {
                string path = parsed.GetValue(model.Model)!;
                if (parsed.GetValue(history) is { } historyPath)
                {
                    CommonOptions.CheckOutput(historyPath, ".csv", ".json");
                }

                if (parsed.GetValue(plot) is { } plotPath)
                {
                    CommonOptions.CheckOutput(plotPath, HistoryPlot.Endings);
                    HistoryPlot.CheckAvailable();
                }

                KerasModel loaded = model.Load(parsed);
                string target = parsed.GetValue(output) ?? Path.ChangeExtension(Path.GetFileName(path), null) + ".trained" + loaded.FileEnding;
                CommonOptions.CheckOutput(target, ".keras", ".h5");
                loaded.CheckSave(target);
                fit.Compile(loaded, parsed);
                LoadedData files = CommonOptions.Load(parsed.GetValue(data)!, parsed.GetValue(labels) ?? [], loaded, needTargets: true);
                string[] validationFiles = parsed.GetValue(validation) ?? [];
                LoadedData? held = validationFiles.Length == 0 ? null : CommonOptions.Load(validationFiles, parsed.GetValue(labels) ?? [], loaded, needTargets: true);

                int level = parsed.GetValue(verbose);
                using var cancellation = new ConsoleCancellation(() => Console.Error.WriteLine("Stopping after this batch. Once more ends at once, without saving."));
                var progress = new EpochProgress(Console.Error, level == 1);
                FitOptions options = fit.Read(parsed) with
                {
                    ValidationData = held is null ? null : new ValidationData(held.Inputs, held.Targets!),
                    Callbacks = [.. CallbackOptions.Parse(parsed.GetValue(callbacks) ?? []), .. level == 0 ? Array.Empty<Callback>() : [progress]],
                    SampleWeight = CommonOptions.LoadArray(parsed.GetValue(sampleWeight)),
                    Threads = parsed.GetValue(threads),
                    Precision = parsed.GetValue(precision),
                    MemoryBudget = CommonOptions.ParseMemory(parsed.GetValue(memory)),
                    Warn = Console.Error.WriteLine,
                    CollectStatistics = parsed.GetValue(stats),
                };
                if (level != 0)
                {
                    Console.Error.WriteLine($"Training {loaded.Name} ({loaded.ParameterCount:N0} parameters) on {files.Inputs[0].Shape[0]:N0} rows");
                }

                History result = loaded.Fit(files.Inputs, files.Targets!, options, cancellation.Token);
                loaded.Save(target);
                if (parsed.GetValue(history) is { } file)
                {
                    HistoryFile.Write(result, file);
                }

                if (parsed.GetValue(plot) is { } picture)
                {
                    HistoryPlot.Write(result, picture);
                }

                if (parsed.GetValue(json))
                {
                    Console.Out.Write(HistoryFile.Json(result));
                }

                (parsed.GetValue(json) ? Console.Error : Console.Out).WriteLine($"Saved {target}");
                if (cancellation.Token.IsCancellationRequested)
                {
                    // Whatever waits for a finished training must not go on.
                    Console.Error.WriteLine(CommandErrors.Stopped.ProblemAt(null, result.Epochs.Count, target));
                    return ExitCodes.Failure;
                }

                if (parsed.GetValue(stats))
                {
                    Console.Error.Write(loaded.LastStatistics);
                }
                else if (level != 0)
                {
                    Console.Error.WriteLine($"Look further: --stats (where the time goes), keras2dml script {path} (the DML program), keras2dml predict {target} --data X -o p.npy");
                }

                return ExitCodes.Success;
            });
    }
}
