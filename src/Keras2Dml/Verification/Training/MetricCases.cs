using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>A metric over three batches: its result after each.</summary>
internal sealed class MetricCases : ICaseSuite
{
    private const int Batches = 3;

    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/metrics";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        var node = new JsonObject { ["class_name"] = (string)entry["layer"]!, ["config"] = entry["config"]?.DeepClone() };
        var reader = new ConfigReader();
        KerasObject? metric = reader.Read(ObjectKind.Metric, CompileReader.Unwrap(node), null);
        reader.ThrowIfAny();
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        MetricDefinition definition = MetricTable.Find(metric!);
        var program = new CaseProgram();
        var statements = new ValueStatements(program.Sources, program.Names);
        for (int batch = 0; batch < Batches; batch++)
        {
            Tensor prediction = data[$"y_pred/{batch}"];
            Tensor target = data.GetValueOrDefault($"y_true/{batch}", prediction);
            MetricMeaning meaning = definition.Meaning(new ValueContext(metric!, LossCases.RowShape(prediction), LossCases.RowShape(target)));
            if (batch == 0)
            {
                program.Body.Lines(meaning is StateMetric { Rows: var rows, Columns: var columns } ? [$"state = matrix(0, rows={rows}, cols={columns})"] : ["total = 0.0", "count = 0.0"]);
            }

            string pred = program.Read($"pred_{batch}", prediction);
            string y = definition.TakesTargets ? program.Read($"y_{batch}", target) : pred;
            ValueWeights? weights = LossCases.Weights(program, $"sample_weight/{batch}", data, prediction.Shape[0]);
            if (meaning is StateMetric state)
            {
                statements.Metric(program.Body, state, pred, y, weights, "state");
                program.Write(statements.Result(state, "state"), $"result/{batch}");
            }
            else
            {
                var mean = (MeanMetric)meaning;
                statements.Metric(program.Body, $"metric_{batch}", mean.Values, pred, y, weights, null, "total", "count");
                program.Write($"as.matrix({ValueStatements.Result(mean, "total", "count")})", $"result/{batch}");
            }
        }

        IReadOnlyDictionary<string, Tensor> results = program.Run(options.Compute);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        double scale = Enumerable.Range(0, Batches).Max(b => Comparison.Magnitude(data[$"result/{b}"]));
        for (int batch = 0; batch < Batches; batch++)
        {
            // The three results are one series: a mean that happens to be near 0 is measured against the others.
            comparison.Check($"result/{batch}", results.GetValueOrDefault($"result/{batch}"), data[$"result/{batch}"], tolerances.NotBelowSingle(tolerances.Forward("result"), data[$"result/{batch}"]), scale);
        }

        return CaseProgram.Result(index, name, comparison);
    }
}
