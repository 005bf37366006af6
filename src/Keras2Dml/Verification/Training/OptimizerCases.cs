using System.Text.Json.Nodes;
using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Data;
using Keras2Dml.Execution;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Verification.Training;

/// <summary>Twelve steps of an optimizer on three variables with given gradients: variables and slots after some of them.</summary>
internal sealed class OptimizerCases : ICaseSuite
{
    /// <inheritdoc/>
    public bool Handles(string part) => part is "training/optimizers" or "training/optimizers_legacy" or "training/optimizers_sparse";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        bool legacy = index.Part == "training/optimizers_legacy";
        IReadOnlyDictionary<string, Tensor> data = NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz"));
        var config = (JsonObject)entry["config"]!["config"]!.DeepClone();
        if (entry["exclude_from_weight_decay"] is JsonArray { Count: > 0 } excluded)
        {
            config["exclude_from_weight_decay"] = excluded.DeepClone();
        }

        // tf_keras writes Nadam's schedule_decay as decay.
        if (entry["arguments"]?["schedule_decay"] is { } scheduleDecay)
        {
            config["schedule_decay"] = scheduleDecay.DeepClone();
        }

        bool sparse = data.ContainsKey("sparse/indices");
        var settings = new OptimizerSettings(CaseProgram.Read(ObjectKind.Optimizer, (string)entry["config"]!["class_name"]!, config));
        string[] paths = [.. entry["variables"]!.AsArray().Select(v => (string)v!)];
        ModelParameter[] parameters = [.. paths.Select((p, i) => CaseParameters.Of(p, data[$"initial/{i}"].Shape))];
        int[] recorded = [.. entry["recorded"]!.AsArray().Select(v => (int)v!)];

        var program = new CaseProgram();
        TrainedVariable[] variables = [.. paths.Select((p, i) => new TrainedVariable(program.Read(p, data[$"initial/{i}"], parameters[i]), p, parameters[i].Spec, parameters[i]))];
        var optimizer = new OptimizerEmitter(settings, variables, program.Sources, program.Names);
        var rate = new LearningRateEmitter(settings, null, program.Sources);
        optimizer.Read(program.Body, program.Reads);
        program.Body.Line($"lr = {Network.Functions.DmlText.Double(rate.Initial)}");
        for (int step = 1; step <= recorded.Max(); step++)
        {
            TrainedGradient[] gradients = sparse
                ? [Rows(program, optimizer, variables[0].Name, data, step)]
                : [.. paths.Select((p, i) => new TrainedGradient(program.Read($"d{p}_{step}", Slice(data[$"gradient/{i}"], step - 1), parameters[i])))];
            optimizer.Update(program.Body, gradients, rate.Emit(program.Body));
            if (recorded.Contains(step))
            {
                Record(program, variables, optimizer, parameters, step);
            }
        }

        if (settings.UseEma)
        {
            optimizer.Finish(program.Body);
        }

        for (int i = 0; i < variables.Length; i++)
        {
            program.Write(variables[i].Name, $"finalized/{i}", parameters[i]);
        }

        IReadOnlyList<OptimizerVariableSpec> specs = settings.Variables([.. parameters.Select(OptimizedVariable.Of)]);
        IReadOnlyDictionary<string, Tensor> results = program.Run(options.Compute, binding => Initial(binding, specs, data));
        var comparison = new Comparison();
        var tolerances = new Tolerances(entry, options.Precision);
        foreach (int step in recorded)
        {
            for (int i = 0; i < paths.Length; i++)
            {
                comparison.Check($"after{step}/var/{i}", results.GetValueOrDefault($"after{step}/{i}"), data[$"after{step}/var/{i}"], tolerances.Other($"var{step}"));
            }

            // Of slots with one name the reference holds the last.
            foreach (OptimizerVariableSpec spec in specs.Where(s => s.Role != OptimizerVariableRole.Constant && !specs.Any(o => o.Name == s.Name && o.Owner == s.Owner && o.Position > s.Position && o.Slot.IsNamedAsVariable)))
            {
                string slot = legacy ? LegacyName(settings, spec, paths) : SlotName(entry, settings, spec);
                if (data.TryGetValue($"after{step}/slot/{slot}", out Tensor? reference))
                {
                    comparison.Check($"after{step}/slot/{slot}", results.GetValueOrDefault($"after{step}/slot/{spec.Position}"), reference, tolerances.Other("slots"));
                }
                else if (!(legacy && spec.Role == OptimizerVariableRole.LearningRate))
                {
                    comparison.Fail($"after{step}: the reference has no slot {slot}");
                }
            }
        }

        for (int i = 0; i < paths.Length; i++)
        {
            if (data.TryGetValue($"finalized/var/{i}", out Tensor? finalized))
            {
                comparison.Check($"finalized/var/{i}", results.GetValueOrDefault($"finalized/{i}"), finalized, tolerances.Other($"var{recorded.Max()}"));
            }
        }

        return CaseProgram.Result(index, name, comparison);
    }

    /// <summary>The gradient of an embedding, whose rows may repeat, as the layer's own backward function gives it.</summary>
    private static TrainedGradient Rows(CaseProgram program, OptimizerEmitter optimizer, string table, IReadOnlyDictionary<string, Tensor> data, int step)
    {
        Tensor ids = Slice(data["sparse/indices"], step - 1);
        Tensor values = Slice(data["sparse/values"], step - 1);
        string x = program.Read($"ids_{step}", ids.Cast(ElementType.Int64).Reshape([ids.Length, 1]));
        string dout = program.Read($"rows_{step}", values);
        string gradient = program.Names.Take($"dW_{step}");
        string square = program.Names.Take($"dW2_{step}");
        string clipped = optimizer.ClipRows is { } clip ? clip(dout) : dout;
        program.Body.Line($"[{gradient}, {square}] = {program.Sources.Function("layers/embedding", "backward")}({clipped}, {x}, {table})");
        if (!optimizer.TakesRowSizes)
        {
            return new TrainedGradient(gradient, square);
        }

        string size = program.Names.Take($"dW_size_{step}");
        program.Body.Line($"{size} = {program.Sources.Function("layers/embedding", "row_sizes")}({clipped}, {x}, {table})");
        return new TrainedGradient(gradient, square, size);
    }

    private static void Record(CaseProgram program, TrainedVariable[] variables, OptimizerEmitter optimizer, ModelParameter[] parameters, int step)
    {
        for (int i = 0; i < variables.Length; i++)
        {
            program.Write(variables[i].Name, $"after{step}/{i}", parameters[i]);
        }

        foreach (OptimizerVariableSpec spec in optimizer.Scalars)
        {
            program.Write($"as.matrix({(spec.Role == OptimizerVariableRole.Iteration ? OptimizerEmitter.Iteration : "lr")})", $"after{step}/slot/{spec.Position}");
        }

        foreach ((OptimizerVariableSpec spec, string variable) in optimizer.Slots)
        {
            program.Write(variable, $"after{step}/slot/{spec.Position}", spec.Variable is { } v ? parameters[v] : null, spec);
        }
    }

    private static Tensor Initial(ScriptBinding binding, IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyDictionary<string, Tensor> data)
    {
        OptimizerVariableSpec spec = specs[binding.Optimizer!.Position];
        if (spec.Slot.CopiesVariable)
        {
            return data[$"initial/{spec.Variable}"];
        }

        int[] shape = spec.Shape.Count == 0 ? [1, 1] : [.. spec.Shape];
        var values = new double[shape.Aggregate(1, (a, b) => a * b)];
        Array.Fill(values, spec.Slot.Initial);
        return Tensor.From(values, shape);
    }

    private static Tensor Slice(Tensor tensor, int step)
    {
        int[] shape = [.. tensor.Shape.Skip(1)];
        int length = shape.Aggregate(1, (a, b) => a * b);
        return Tensor.From(Enumerable.Range(step * length, length).Select(i => (float)tensor.GetDouble(i)).ToArray(), shape);
    }

    // The variables of an optimizer in a LossScaleOptimizer stand under "inner", slots with the outer name before them.
    private static string SlotName(JsonObject entry, OptimizerSettings settings, OptimizerVariableSpec spec)
    {
        string first = (string)entry["slots"]!.AsArray()[0]!;
        string outer = first[..first.IndexOf('/', StringComparison.Ordinal)];
        return spec.Position < settings.OuterVariables || settings.DynamicScale is null ? $"{outer}/{spec.Name}"
            : spec.Variable is null ? $"inner/{spec.Owner}/{spec.Name}"
            : $"inner/{outer}/{spec.Owner}/{spec.Name}";
    }

    private static string LegacyName(OptimizerSettings settings, OptimizerVariableSpec spec, string[] paths)
    {
        string optimizer = settings.Optimizer.ClassName;
        return spec.Role == OptimizerVariableRole.Iteration ? $"{optimizer}/iter"
            : spec.Variable is { } v ? $"{optimizer}/{paths[v]}/{spec.Slot.LegacyName ?? spec.Slot.Name}"
            : $"{optimizer}/{spec.Slot.LegacyName ?? spec.Slot.Name}";
    }
}
