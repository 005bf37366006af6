using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

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

    /// <summary>
    /// Value of a variable that a file need not hold: states are zero, a random generator starts at the layer's seed (a random one, as in Keras, when it has none).
    /// Null for all others.
    /// </summary>
    public static Tensor? Fresh(Layer layer, ParameterSpec spec)
    {
        if (IsSeedState(spec))
        {
            return Tensor.From([layer.Config.Values.GetValueOrDefault("seed") is long seed ? seed : System.Random.Shared.Next(1, 1_000_000_000), 0L], 2);
        }

        return spec.Stored ? null : Tensor.Zeros(spec.Type, [.. spec.Shape]);
    }

    /// <summary>True for the state of a random generator, which Keras does not count among a layer's weights.</summary>
    public static bool IsSeedState(ParameterSpec spec) => spec.Owner.EndsWith("seed_generator", StringComparison.Ordinal);
}
