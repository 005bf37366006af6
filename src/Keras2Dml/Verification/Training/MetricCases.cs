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
        KerasObject metric = CaseProgram.Read(ObjectKind.Metric, (string)entry["layer"]!, entry["config"]);
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        MetricDefinition definition = MetricTable.Find(metric);
        var program = new CaseProgram();
        program.Body.Line("total = 0.0");
        program.Body.Line("count = 0.0");
        for (int batch = 0; batch < Batches; batch++)
        {
            Tensor prediction = data[$"y_pred/{batch}"];
            Tensor target = data[$"y_true/{batch}"];
            ValueFunction function = definition.Values(new ValueContext(metric, LossCases.RowShape(prediction), LossCases.RowShape(target)));
            string pred = program.Read($"pred_{batch}", prediction);
            string y = program.Read($"y_{batch}", target);
            ValueWeights? weights = LossCases.Weights(program, $"sample_weight/{batch}", data, prediction.Shape[0]);
            new ValueStatements(program.Sources, program.Names).Metric(program.Body, $"metric_{batch}", function, pred, y, weights, null, "total", "count");
            program.Write(definition.Result == MetricResult.SquareRoot ? "as.matrix(sqrt(total / count))" : "as.matrix(total / count)", $"result/{batch}");
        }

        IReadOnlyDictionary<string, Tensor> results = program.Run(options.Compute);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        double scale = Enumerable.Range(0, Batches).Max(b => Comparison.Magnitude(data[$"result/{b}"]));
        for (int batch = 0; batch < Batches; batch++)
        {
            // The three results are one series: a mean that happens to be near 0 is measured against the others.
            comparison.Check($"result/{batch}", results.GetValueOrDefault($"result/{batch}"), data[$"result/{batch}"], tolerances.Forward("result"), scale);
        }

        return CaseProgram.Result(index, name, comparison);
    }
}
