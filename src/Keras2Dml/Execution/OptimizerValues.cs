using Keras2Dml.Codegen;
using Keras2Dml.Keras.Training;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Execution;

/// <summary>The optimizer's variables between the training specification and a script.</summary>
internal static class OptimizerValues
{
    /// <summary>The value of a slot: as stored, or as a fresh optimizer starts.</summary>
    public static Tensor Find(TrainingSpec training, ScriptBinding binding)
    {
        int place = PlaceOf(training.OptimizerVariables, binding);
        if (place < 0)
        {
            return binding.Optimizer is { } spec ? Start(spec) : Tensor.Zeros(ElementType.Float64, 1, 1);
        }

        Tensor stored = training.OptimizerVariables[place].Value;
        return binding.Optimizer is { } slot && IsStart(slot, stored) ? Start(slot) : stored.Rank == 0 ? stored.Reshape(1, 1) : stored;
    }

    /// <summary>The variables after a run, all of them in Keras's order.</summary>
    /// <param name="training">The specification before the run.</param>
    /// <param name="model">The model that was trained.</param>
    /// <param name="results">What the script wrote.</param>
    public static IReadOnlyList<OptimizerVariable> After(TrainingSpec training, NetworkModel model, IReadOnlyDictionary<ScriptBinding, Tensor> results)
    {
        IReadOnlyList<ModelParameter> trained = OptimizerState.TrainedParameters(model);
        IReadOnlyList<OptimizerVariableSpec> specs = new OptimizerSettings(training.Optimizer).Variables([.. trained.Select(OptimizedVariable.Of)]);
        Dictionary<int, Tensor> written = results.Where(r => r.Key is { Role: BindingRole.OptimizerSlot, Optimizer: not null }).ToDictionary(r => r.Key.Optimizer!.Position, r => r.Value);
        bool isStored = training.OptimizerVariables.Count == specs.Count;
        return [.. specs.Select((spec, i) => new OptimizerVariable(spec.Name, Typed(spec, written.TryGetValue(i, out Tensor? value) ? value
            : isStored ? training.OptimizerVariables[i].Value
            : Start(spec))))];
    }

    // Start values are doubles, whatever a file that holds them as float32 says: an Adagrad accumulator starts at 0.1.
    private static Tensor Start(OptimizerVariableSpec spec)
    {
        int[] shape = spec.Shape.Count == 0 ? [1, 1] : [.. spec.Shape];
        Tensor value = Tensor.Zeros(ElementType.Float64, shape);
        value.AsSpan<double>().Fill(spec.Slot.Initial);
        return spec.Slot.Type == ElementType.Float32 ? value : value.Cast(spec.Slot.Type);
    }

    // A slot that no step has changed yet.
    private static bool IsStart(OptimizerVariableSpec spec, Tensor stored) =>
        spec.Role is OptimizerVariableRole.Slot or OptimizerVariableRole.Shared && Enumerable.Range(0, stored.Length).All(i => stored.GetDouble(i).Equals((float)spec.Slot.Initial));

    /// <summary>Where a slot stands among the stored variables: by its name, and by its place where names repeat or are written another way; -1 for nowhere.</summary>
    private static int PlaceOf(IReadOnlyList<OptimizerVariable> stored, ScriptBinding binding)
    {
        if (binding.Optimizer is { } own && own.Position < stored.Count && stored[own.Position].Name == binding.Slot)
        {
            return own.Position;
        }

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

    private static Tensor Typed(OptimizerVariableSpec spec, Tensor value)
    {
        Tensor shaped = spec.Shape.Count == 0 ? value.Reshape() : value;
        return spec.Slot.Type == ElementType.Float32 ? shaped : shaped.Cast(spec.Slot.Type);
    }
}
