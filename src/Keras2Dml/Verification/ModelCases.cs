using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Data;
using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification;

/// <summary>Whole models of the corpus: every file of a case gives the outputs, gradients and state updates, and one more training step with the stored optimizer state.</summary>
internal sealed class ModelCases : ICaseSuite
{
    // References made without the correction of bare Python floats (models/README.md).
    private const double Keras2Step = 2e-6;

    /// <inheritdoc/>
    public bool Handles(string part) => part is "models/keras3" or "models/keras2";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        (string Model, string? Weights)[] files = [.. Files(index.Folder, [.. entry["files"]!.AsArray().Select(f => (string)f!)])];
        foreach ((string file, string? weights) in files)
        {
            int before = comparison.Failures.Count;
            KerasDocument document = KerasDocument.Load(Path.Combine(index.Folder, file));
            if (weights is not null)
            {
                document.LoadWeights(Path.Combine(index.Folder, weights));
            }

            Check(document.Model, data, entry, comparison, tolerances, options, index.Part == "models/keras2");
            if (comparison.Failures.Count > before)
            {
                comparison.Fail("in " + file);
            }
        }

        return files.Length == 0
            ? CaseResult.Skipped(index.Part, name, "no whole-model file")
            : comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name) : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
    }

    /// <summary>Whole models (files or folders), and a configuration with the weights beside it.</summary>
    private static IEnumerable<(string Model, string? Weights)> Files(string folder, string[] files)
    {
        string? weights = Array.Find(files, f => f.EndsWith(".weights.json", StringComparison.Ordinal)) ?? Array.Find(files, f => f.EndsWith(".weights.h5", StringComparison.Ordinal));
        foreach (string file in files)
        {
            bool whole = file.EndsWith(".keras", StringComparison.Ordinal) || (file.EndsWith(".h5", StringComparison.Ordinal) && !file.EndsWith(".weights.h5", StringComparison.Ordinal));
            if (whole || Directory.Exists(Path.Combine(folder, file)))
            {
                yield return (file, null);
            }
            else if (file.EndsWith(".architecture.json", StringComparison.Ordinal) && weights is not null)
            {
                yield return (file, weights);
            }
        }
    }

    private static void Check(NetworkModel model, IReadOnlyDictionary<string, Tensor> data, JsonObject entry, Comparison comparison, Tolerances tolerances, VerifyOptions options, bool isKeras2)
    {
        GoldenGradients.Check(model, data, (string?)entry["grad"] ?? "none", entry, comparison, tolerances, options);
        // Without a supported optimizer, loss or metric there is no training step; outputs and gradients count all the same.
        // The reference makes one more step from the state that the optimizer had; a .keras file of tf_keras with an old optimizer holds no such state.
        bool stateless = isKeras2 && model.Training is { OptimizerVariables.Count: 0 } && entry["optimizer_variables"] is JsonArray { Count: > 1 };
        if (!data.ContainsKey("target/0") || !data.ContainsKey("loss") || model.Training is null || stateless)
        {
            return;
        }

        TrainingData step = new([.. GoldenGradients.Numbered(data, "input").Select(d => d.Value)], [.. GoldenGradients.Numbered(data, "target").Select(d => d.Value)]);
        var run = new TrainingRun(model, model.Training!, step, null, new FitSettings { BatchSize = step.Inputs[0].Shape[0], Shuffle = false }, options.Compute);
        double after = Math.Max(tolerances.Other("train_after"), isKeras2 ? Keras2Step : 0);
        comparison.Check("loss", Tensor.From([run.History["loss"][0]], 1), data["loss"], Math.Max(tolerances.Other("loss"), isKeras2 ? Keras2Step : 0));
        foreach ((string path, Tensor reference) in GoldenGradients.Named(data, "train_after/"))
        {
            comparison.Check("train_after/" + path, model.Parameters.FirstOrDefault(p => p.Path == path)?.Value, reference, after);
        }

        if (entry["optimizer_variables"] is JsonArray names)
        {
            IReadOnlyList<(string Owner, string Name, Tensor Value)> variables = run.OptimizerVariables;
            foreach ((int i, Tensor reference) in GoldenGradients.Numbered(data, "train_after_optimizer"))
            {
                // Keras's names repeat in nested models: the place decides.
                string name = (string)names[i]!;
                Tensor? ours = variables.Count == names.Count ? variables[i].Value : variables.FirstOrDefault(v => v.Name == name || name.EndsWith("_" + v.Name, StringComparison.Ordinal)).Value;
                if (ours is not null || !isKeras2)
                {
                    comparison.Check("train_after_optimizer/" + name, ours, reference, after);
                }
            }
        }
    }
}
