using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Weights;

/// <summary>Checks shared by all readers of weights.</summary>
internal static class VariableValues
{
    /// <summary>False, with a problem, when the file's shape is another one than the variable's.</summary>
    public static bool CheckShape(ModelParameter parameter, IReadOnlyList<long> received, string where, List<Problem> problems)
    {
        if (parameter.Spec.Shape.Select(s => (long)s).SequenceEqual(received))
        {
            return true;
        }

        problems.Add(KerasFileErrors.WeightShape.ProblemAt(where, parameter.Path, string.Join(", ", parameter.Spec.Shape), string.Join(", ", received)));
        return false;
    }

    /// <summary>States of random generators are in Keras 3 files only; without one a layer starts afresh.</summary>
    public static bool MayBeMissing(ParameterSpec spec) => IsSeedState(spec);

    /// <summary>Random generators whose state no file holds start at their layer's seed (a random one, as in Keras, when it has none), with no draw made.</summary>
    public static void StartGenerators(ModelConfig model)
    {
        foreach (LayerUse use in model.Leaves().Select(l => l.Use!))
        {
            foreach (ModelParameter state in use.Parameters.Where(p => IsSeedState(p.Spec) && p.Value is null))
            {
                long seed = use.Layer.Config.Values.GetValueOrDefault("seed") is long own ? own : System.Random.Shared.Next(1, 1_000_000_000);
                state.Value = Tensor.From(new[] { seed, 0L }, 2).Cast(state.Spec.Type);
            }
        }
    }

    /// <summary>True for the state of a random generator, which Keras does not count among a layer's weights.</summary>
    public static bool IsSeedState(ParameterSpec spec) => spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal);
}
