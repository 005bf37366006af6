using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>A penalty on a variable and its gradient.</summary>
internal sealed class RegularizerCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/regularizers";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        KerasObject regularizer = CaseProgram.Read(ObjectKind.Regularizer, (string)entry["layer"]!, entry["config"]);
        RegularizerDefinition definition = RegularizerTable.Find(regularizer);
        var program = new CaseProgram();
        var parameter = CaseParameters.Of("weight", data["weight"].Shape);
        string weight = program.Read("weight", data["weight"], parameter);
        program.Write($"as.matrix({program.Call(definition.File, "forward", weight, definition.Constants(regularizer))})", "value");
        program.Write(program.Call(definition.File, "backward", weight, definition.Constants(regularizer)), "dweight", parameter);
        IReadOnlyDictionary<string, Tensor> results = program.Run(options.Compute);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        comparison.Check("value", results.GetValueOrDefault("value"), data["value"], tolerances.Forward("value"));
        comparison.Check("dweight", results.GetValueOrDefault("dweight"), data["dweight"], tolerances.Other("dweight"));
        return CaseProgram.Result(index, name, comparison);
    }
}
