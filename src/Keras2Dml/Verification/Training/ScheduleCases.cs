using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>A learning-rate schedule at given steps.</summary>
internal sealed class ScheduleCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/schedules";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        KerasObject schedule = CaseProgram.Read(ObjectKind.Schedule, (string)entry["layer"]!, entry["config"]!["config"]);
        ScheduleDefinition definition = ScheduleTable.Find(schedule);
        var program = new CaseProgram();
        string steps = program.Read("steps", data["step"]);
        program.Body.Line($"rates = matrix(0, rows=nrow({steps}), cols=1)");
        program.Body.Open($"for (i in 1:nrow({steps}))");
        program.Body.Line($"rates[i, 1] = {program.Call(definition.File, "rate", $"as.scalar({steps}[i, 1])", definition.Constants(schedule))}");
        program.Body.Close();
        program.Write("rates", "value");
        var comparison = new Comparison();
        Tensor? value = program.Run(options.Compute).GetValueOrDefault("value");
        comparison.Check("value", value, CaseProgram.Reference(data, "value", value, options), new Tolerances(entry, options.Precision).Forward("value"));
        return CaseProgram.Result(index, name, comparison);
    }
}
