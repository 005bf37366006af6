using Keras2Dml.Codegen;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>The optimizer's variables between the training specification and a script.</summary>
internal static class OptimizerValues
{
    /// <summary>The value of a slot: as stored, or as a fresh optimizer starts.</summary>
    public static Tensor Find(TrainingSpec training, ScriptBinding binding)
    {
        Tensor? stored = training.OptimizerVariables.FirstOrDefault(v => v.Name == binding.Slot)?.Value;
        if (stored is not null)
        {
            return stored.Rank == 0 ? stored.Reshape(1, 1) : stored;
        }

        double initial = binding.Optimizer?.Slot.Initial ?? 0;
        int[] shape = binding.Parameter is { } parameter ? [.. parameter.Spec.Shape] : [1, 1];
        Tensor value = Tensor.Zeros(binding.Optimizer?.Role == OptimizerVariableRole.Iteration ? ElementType.Int64 : ElementType.Float64, shape);
        if (value.ElementType == ElementType.Float64)
        {
            value.AsSpan<double>().Fill(initial);
        }

        return value;
    }

    /// <summary>The variables after a run, in Keras's order: those of the file keep their place, new ones follow in the script's order.</summary>
    public static IReadOnlyList<OptimizerVariable> After(TrainingSpec training, IReadOnlyDictionary<ScriptBinding, Tensor> results)
    {
        Dictionary<string, Tensor> written = results.Where(r => r.Key.Role == BindingRole.OptimizerSlot).ToDictionary(r => r.Key.Slot!, r => Shaped(r.Key, r.Value), StringComparer.Ordinal);
        var order = training.OptimizerVariables.Select(v => v.Name).ToList();
        order.AddRange(written.Keys.Where(k => !order.Contains(k)));
        Dictionary<string, Tensor> before = training.OptimizerVariables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        return [.. order.Select(n => new OptimizerVariable(n, written.TryGetValue(n, out Tensor? value) ? value : before[n]))];
    }

    private static Tensor Shaped(ScriptBinding binding, Tensor value)
    {
        if (binding.Parameter is not null)
        {
            return value;
        }

        Tensor scalar = value.Reshape();
        return binding.Optimizer?.Role == OptimizerVariableRole.Iteration ? scalar.Cast(ElementType.Int64) : scalar;
    }
}
