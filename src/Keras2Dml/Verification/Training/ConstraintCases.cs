using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>A constraint's projection of a variable.</summary>
internal sealed class ConstraintCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/constraints";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        KerasObject constraint = CaseProgram.Read(ObjectKind.Constraint, (string)entry["layer"]!, entry["config"]);
        ConstraintDefinition definition = ConstraintTable.Find(constraint);
        var program = new CaseProgram();
        ModelParameter parameter = CaseParameters.Of("weight", data["weight"].Shape);
        string weight = program.Read("weight", data["weight"], parameter);
        program.Write(program.Call(definition.File, "project", weight, definition.Constants(constraint, parameter.Spec)), "value", parameter);
        var comparison = new Comparison();
        comparison.Check("value", program.Run(options.Compute).GetValueOrDefault("value"), data["value"], new Tolerances(entry, options.Precision).Forward("value"));
        return CaseProgram.Result(index, name, comparison);
    }
}
