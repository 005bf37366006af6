using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>A loss with its gradient: reductions, weights, masks, and logits left by an activation.</summary>
internal sealed class LossCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/losses";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        var config = (JsonObject?)entry["config"]?.DeepClone() ?? [];
        if ((string)entry["kind"]! == "function")
        {
            config["reduction"] = "none";
        }

        KerasObject loss = CaseProgram.Read(ObjectKind.Loss, (string)entry["layer"]!, config);
        bool fromActivation = data.ContainsKey("logits");
        Tensor prediction = fromActivation ? data["logits"] : data["y_pred"];
        Tensor target = data["y_true"];
        if (prediction.Rank == 1 && target.Rank == 1)
        {
            // Keras reduces the only axis: one row.
            prediction = prediction.Reshape([1, .. prediction.Shape]);
            target = target.Reshape([1, .. target.Shape]);
        }

        LossDefinition definition = LossTable.Find(loss);
        bool logits = fromActivation && definition.UsesLogits(loss);
        ValueFunction function = definition.Values(new ValueContext(loss, RowShape(prediction), RowShape(target), logits));

        var program = new CaseProgram();
        string input = program.Read("pred", prediction);
        string y = program.Read("y", target);
        (string pred, Func<string, string>? toInput) = fromActivation && !logits ? Activate(program, (string)entry["activation"]!, input, prediction) : (input, null);
        int rows = prediction.Shape[0];
        ValueWeights? weights = Weights(program, "sample_weight", data, rows);
        ValueWeights? mask = Weights(program, "mask", data, rows);
        var statements = new ValueStatements(program.Sources, program.Names);
        (string value, string factor) = statements.Loss(program.Body, "loss", loss, function, pred, y, weights, mask);
        bool none = LossDefinition.Reduction(loss) == LossReduction.None;
        program.Write(none ? Values(function, (weights ?? mask) is not null || function.IgnoredLabel is not null) : $"as.matrix({value})", "value");

        // Keras's pairs lie target by prediction.
        Tensor upstream = data["upstream"];
        string up = program.Read("upstream", upstream.Rank == 0 ? upstream.Reshape([1, 1]) : upstream.Length == rows ? upstream.Reshape([rows, 1]) : upstream);
        up = function.IsPairwise && upstream.Rank > 0 ? $"t({up})" : up;
        statements.Backward(program.Body, "dpred", function, factor, upstream.Length == 1 ? $"{factor} * as.scalar({up})" : function.IsPerBatch && weights is not null ? $"as.matrix(sum(loss_weights * {up}))" : $"{factor} * {up}");
        program.Write(toInput is null ? "dpred" : toInput("dpred"), "gradient");

        IReadOnlyDictionary<string, Tensor> results = program.Run(options.Compute);
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        Tensor gradient = data[fromActivation ? "dlogits" : "dy_pred"];

        // A gradient that is the same in float32 comes from a kernel that knows nothing else, and the value with it (CTC).
        double Tolerance(double otherwise) => tolerances.NotBelowSingle(otherwise, gradient, data.GetValueOrDefault("f32/gradient"));
        comparison.Check("value", results.GetValueOrDefault("value"), data["value"], Tolerance(tolerances.Forward("value")));
        comparison.Check("gradient", results.GetValueOrDefault("gradient"), gradient, Tolerance(tolerances.Other("gradient")));
        return CaseProgram.Result(index, name, comparison);
    }

    // The values of a loss that does not reduce them.
    private static string Values(ValueFunction function, bool weighed) => (function.IsPerBatch, function.IsPairwise, weighed) switch
    {
        (true, _, true) => "loss_weights * as.scalar(loss_values)",
        (_, true, true) => "t(loss_values * loss_weights)",
        (_, true, false) => "t(loss_values)",
        (_, _, true) => "loss_values * loss_weights",
        _ => "loss_values",
    };

    internal static Shape RowShape(Tensor tensor) => new([.. tensor.Shape.Skip(1)]);

    /// <summary>Sample weights or a mask as a matrix of one row per sample; one number stands for all rows.</summary>
    internal static ValueWeights? Weights(CaseProgram program, string key, IReadOnlyDictionary<string, Tensor> data, int rows)
    {
        if (!data.TryGetValue(key, out Tensor? tensor))
        {
            return null;
        }

        if (tensor.Length == 1 && rows > 1)
        {
            tensor = Tensor.From(Enumerable.Repeat((float)tensor.GetDouble(0), rows).ToArray(), rows, 1);
        }
        else if (tensor.Rank < 2)
        {
            tensor = tensor.Reshape([rows, tensor.Length / rows]);
        }

        return new ValueWeights(program.Read(key, tensor.ElementType == ElementType.Bool ? tensor.Cast(ElementType.Float32) : tensor), tensor.Length / rows);
    }

    /// <summary>Applies an activation; returns its output and the way of a gradient through it.</summary>
    private static (string Output, Func<string, string> ToInput) Activate(CaseProgram program, string activation, string input, Tensor tensor)
    {
        KerasObject config = CaseProgram.Read(ObjectKind.Activation, activation, new JsonObject());
        var pair = (FunctionPair)ActivationTable.Meaning(config, new TensorSpec(ElementType.Float32, RowShape(tensor)));
        string output = program.Names.Take("prob");
        string Text(Operand operand, string gradient) => operand switch
        {
            InputOperand => input,
            OutputOperand => output,
            OutputGradientOperand => gradient,
            LiteralOperand literal => literal.Text,
            _ => throw new InvalidOperationException($"The activation {activation} takes an operand {operand.GetType().Name}."),
        };
        program.Body.Line($"{output} = {program.Sources.Function(pair.File, pair.ForwardName)}({string.Join(", ", pair.ForwardArguments.Select(a => Text(a, "")))})");
        return (output, gradient => $"{program.Sources.Function(pair.File, pair.BackwardName)}({string.Join(", ", pair.BackwardArguments.Select(a => Text(a, gradient)))})");
    }
}
