using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Core.Data;
using Keras2Dml.Keras;

namespace Keras2Dml.Verification;

/// <summary>Files of Keras 1 and 2 as people made them: they load and predict what Keras predicts, or are refused when they hold Python code.</summary>
internal sealed class RealModelCases : ICaseSuite
{
    // The references are float32 results of tf_keras whose own error is not known (models/README.md): four times the floor of single precision.
    private const double SingleReference = 4e-6;

    /// <inheritdoc/>
    public bool Handles(string part) => part == "models/real";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string file = Path.Combine(index.Folder, (string)entry["file"]!);
        if ((bool?)entry["loads"] == false)
        {
            return RefusesCode(index, name, file);
        }

        if ((string?)entry["kind"] is not ("model" or "configuration"))
        {
            return CaseResult.Skipped(index.Part, name, "weights without a configuration");
        }

        KerasDocument document = KerasDocument.Load(file);
        var comparison = new Comparison();
        if ((string?)entry["npz"] is { } arrays)
        {
            IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, arrays));
            Tensor[] inputs = [.. GoldenGradients.Numbered(data, "input").Select(d => d.Value)];
            var run = new GradientRun(document.Model, inputs, new Dictionary<int, Tensor>(), training: false, GradientOf.Outputs, options.Compute);
            foreach ((int i, Tensor output) in GoldenGradients.Numbered(data, "output"))
            {
                comparison.Check($"output/{i}", run.Output(i), output, SingleReference);
            }
        }

        return comparison.Failures.Count == 0 ? CaseResult.Passed(index.Part, name) : CaseResult.Failed(index.Part, name, string.Join("; ", comparison.Failures));
    }

    private static CaseResult RefusesCode(CaseIndex index, string name, string file)
    {
        try
        {
            KerasDocument.Load(file);
            return CaseResult.Failed(index.Part, name, "a file with Python code was not refused");
        }
        catch (Keras2DmlException error) when (error.Problems.Any(p => p.Definition == Core.Errors.NetworkErrors.SerializedCode))
        {
            return CaseResult.Passed(index.Part, name);
        }
    }
}
