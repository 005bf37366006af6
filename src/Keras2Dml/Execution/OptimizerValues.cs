using Keras2Dml.Codegen;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>The optimizer's variables between the training specification and a script.</summary>
internal static class OptimizerValues
{
    /// <summary>The value of a slot: as stored, or as a fresh optimizer starts.</summary>
    public static Tensor Find(TrainingSpec training, ScriptBinding binding)
    {
        int place = PlaceOf(training.OptimizerVariables, binding);
        if (place >= 0 && !(IsFresh(training) && binding.Optimizer?.Role is OptimizerVariableRole.Slot or OptimizerVariableRole.Shared))
        {
            Tensor stored = training.OptimizerVariables[place].Value;
            return stored.Rank == 0 ? stored.Reshape(1, 1) : stored;
        }

        // Start values are doubles, whatever a file that holds them as float32 says: an Adagrad accumulator starts at 0.1.
        int[] shape = binding.Parameter is { } parameter ? [.. parameter.Spec.Shape] : [1, 1];
        if (binding.Optimizer?.Role == OptimizerVariableRole.Iteration)
        {
            return Tensor.Zeros(ElementType.Int64, shape);
        }

        Tensor value = Tensor.Zeros(ElementType.Float64, shape);
        value.AsSpan<double>().Fill(binding.Optimizer?.Slot.Initial ?? 0);
        return value;
    }

    /// <summary>The variables after a run, in Keras's order: those of the file keep their place, new ones follow in the script's order.</summary>
    public static IReadOnlyList<OptimizerVariable> After(TrainingSpec training, IReadOnlyDictionary<ScriptBinding, Tensor> results)
    {
        List<OptimizerVariable> after = [.. training.OptimizerVariables];
        foreach ((ScriptBinding binding, Tensor value) in results.Where(r => r.Key.Role == BindingRole.OptimizerSlot))
        {
            int place = PlaceOf(training.OptimizerVariables, binding);
            Tensor shaped = Shaped(binding, value);
            if (place < 0)
            {
                after.Add(new OptimizerVariable(binding.Slot!, shaped));
            }
            else
            {
                after[place] = after[place] with { Value = shaped };
            }
        }

        return after;
    }

    /// <summary>True when the optimizer has made no step.</summary>
    private static bool IsFresh(TrainingSpec training) =>
        training.OptimizerVariables.FirstOrDefault(v => v.Name == "iteration") is { } iteration && iteration.Value.GetDouble(0) == 0;

    /// <summary>Where a slot stands among the stored variables: by its name, and by its place where names repeat or are written another way; -1 for nowhere.</summary>
    private static int PlaceOf(IReadOnlyList<OptimizerVariable> stored, ScriptBinding binding)
    {
        int[] places = [.. Enumerable.Range(0, stored.Count).Where(i => stored[i].Name == binding.Slot)];
        if (places.Length == 1)
        {
            return places[0];
        }

        return binding.Optimizer is { } spec && spec.Position < stored.Count && stored[spec.Position].Name.EndsWith("_" + spec.Slot.Name, StringComparison.Ordinal)
            && binding.Parameter is { } parameter && stored[spec.Position].Value.Length == parameter.Spec.Storage.Rows * parameter.Spec.Storage.Columns
            ? spec.Position
            : places.FirstOrDefault(-1);
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
