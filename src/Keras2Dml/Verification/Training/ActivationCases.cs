using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification.Training;

/// <summary>An activation function and its gradient, as an Activation layer.</summary>
internal sealed class ActivationCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/activations";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        Tensor input = AsBatch(data["input/0"]);
        Tensor upstream = AsBatch(data["upstream/0"]);
        var activation = new JsonObject { ["class_name"] = (string)entry["layer"]!, ["config"] = entry["config"]?.DeepClone() };
        NetworkModel model = CaseModels.Of("Activation", new JsonObject { ["activation"] = activation }, LossCases.RowShape(input));
        var run = new GradientRun(model, [input], new Dictionary<int, Tensor> { [0] = upstream }, training: false, GradientOf.Outputs, options.Compute);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        comparison.Check("output/0", run.Output(0), CaseProgram.Reference(data, "output/0", run.Output(0), options), tolerances.Forward("output"));
        comparison.Check("dinput/0", run.InputGradient(0), CaseProgram.Reference(data, "dinput/0", run.InputGradient(0), options), tolerances.Other("dinput"));
        return CaseProgram.Result(index, name, comparison);
    }

    private static Tensor AsBatch(Tensor tensor) => tensor.Rank == 1 ? tensor.Reshape([1, .. tensor.Shape]) : tensor;
}
