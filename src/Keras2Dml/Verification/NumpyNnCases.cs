using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification;

/// <summary>The original system's layer checks (test_nn_numpy.py): predictions before and after one training step, and the weights after it.</summary>
internal sealed class NumpyNnCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/numpy_nn";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        NetworkModel model = KerasDocument.Load(Path.Combine(index.Folder, (string)entry["model"]!)).Model;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        Tensor input = Input(Path.Combine(index.Folder, (string)entry["data"]!), [.. entry["inputs"]![0]!["shape"]!.AsArray().Select(n => (int)n!)]);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        CheckPredictions(TrainingRun.Predict(model, [input], options.Compute)[0], data, "before", comparison, tolerances);
        if (data.TryGetValue("labels", out Tensor? labels) && data.ContainsKey("loss"))
        {
            int rows = input.Shape[0];
            int classes = TrainingRun.Predict(model, [input], options.Compute)[0].Length / rows;
            var oneHot = new double[rows * classes];
            for (int i = 0; i < rows; i++)
            {
                oneHot[(i * classes) + (int)labels.GetDouble(i)] = 1;
            }

            var run = new TrainingRun(model, model.Training ?? throw TrainingErrors.NotCompiled.With(), new TrainingData([input], [Tensor.From(oneHot, rows, classes)]), null,
                new FitSettings { BatchSize = rows, Shuffle = false }, options.Compute);
            comparison.Check("loss", Tensor.From([run.History["loss"][0]], 1), data["loss"], tolerances.Other("loss"));
            foreach ((string path, Tensor reference) in GoldenGradients.Named(data, "weights_after/"))
            {
                comparison.Check("weights_after/" + path, model.Parameters.FirstOrDefault(p => FitCases.IsPath(path, p.Path))?.Value, reference, tolerances.Other("weights_after"));
            }

            CheckPredictions(TrainingRun.Predict(model, [input], options.Compute)[0], data, "after", comparison, tolerances);
        }

        return comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name) : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
    }

    // Integers k mean float32(k) / 1000.
    private static Tensor Input(string file, int[] shape)
    {
        Tensor thousandths = NpzFile.ReadAll(file)["input_thousandths"];
        var values = new double[thousandths.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)thousandths.GetDouble(i) / 1000f;
        }

        return Tensor.From(values, shape);
    }

    private static void CheckPredictions(Tensor prediction, IReadOnlyDictionary<string, Tensor> data, string when, Comparison comparison, Tolerances tolerances)
    {
        if (!data.TryGetValue("predict_" + when, out Tensor? reference))
        {
            return;
        }

        int rows = reference.Shape[0];
        int width = prediction.Length / rows;
        Tensor? columns = data.GetValueOrDefault("columns");
        int count = reference.Length / rows;
        var chosen = new double[rows * count];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < count; c++)
            {
                chosen[(r * count) + c] = prediction.GetDouble((r * width) + (count == width || columns is null ? c : (int)columns.GetDouble(c)));
            }
        }

        comparison.Check("predict_" + when, Tensor.From(chosen, rows, count), reference, tolerances.Other("predict_" + when));
        void Summary(string key, Func<IEnumerable<double>, double> of, double tolerance)
        {
            if (data.TryGetValue($"{key}/{when}", out Tensor? summary))
            {
                double[] ours = [.. Enumerable.Range(0, rows).Select(r => of(Enumerable.Range(0, width).Select(c => prediction.GetDouble((r * width) + c))))];
                comparison.Check($"{key}/{when}", Tensor.From(ours, rows), summary, tolerance);
            }
        }

        double close = tolerances.Other("predict_" + when);
        Summary("row_sum", v => v.Sum(), close);
        Summary("row_max", v => v.Max(), close);
        Summary("row_sum_of_squares", v => v.Sum(x => x * x), close);
    }
}
