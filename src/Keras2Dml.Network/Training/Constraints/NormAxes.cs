using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training.Constraints;

/// <summary>The axes of a norm, in the order of a variable's DML layout.</summary>
internal static class NormAxes
{
    /// <summary>
    /// Five sizes outer, size1, middle, size2, inner, whose product is the number of cells: X read row by row has these axes,
    /// and the norm runs over size1 and size2. Neighbouring axes of one kind are merged.
    /// </summary>
    /// <param name="axes">Keras's axes, negative ones from the end.</param>
    /// <param name="parameter">The variable.</param>
    public static IReadOnlyList<Operand> Constants(int[] axes, ParameterSpec parameter)
    {
        int rank = parameter.Shape.Count;
        HashSet<int> reduced = [.. axes.Select(a => a < 0 ? a + rank : a)];
        List<(bool Reduced, int Size)> runs = [];
        foreach (int axis in parameter.Storage.Permutation)
        {
            bool isReduced = reduced.Contains(axis);
            int size = parameter.Shape[axis];
            if (runs.Count > 0 && runs[^1].Reduced == isReduced)
            {
                runs[^1] = (isReduced, runs[^1].Size * size);
            }
            else
            {
                runs.Add((isReduced, size));
            }
        }

        if (runs.Count > 0 && runs[0].Reduced)
        {
            runs.Insert(0, (false, 1));
        }

        while (runs.Count < 5)
        {
            runs.Add((!runs[^1].Reduced, 1));
        }

        return runs.Count == 5
            ? [.. runs.Select(r => Operand.Int(r.Size))]
            : throw TrainingErrors.ConstraintAxes.With("A norm", string.Join(", ", axes), string.Join(", ", parameter.Shape));
    }
}
