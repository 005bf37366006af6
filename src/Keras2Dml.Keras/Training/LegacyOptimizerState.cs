using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Training;

/// <summary>Reads the variables of an optimizer from the group <c>optimizer_weights</c> of legacy HDF5 files.</summary>
internal static class LegacyOptimizerState
{
    /// <summary>The variables in Keras 3's order; empty when the file holds none.</summary>
    public static IReadOnlyList<OptimizerVariable> Read(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<ModelParameter> trained, KerasFile file, List<Problem> problems)
    {
        if (file.Hdf!.Group("optimizer_weights") is not { } group || group.TextsAttribute("weight_names") is not { Count: > 0 } names)
        {
            return [];
        }

        var datasets = new List<HdfDataset>();
        foreach (string name in names)
        {
            if (group.Dataset(name) is not { } dataset)
            {
                problems.Add(KerasFileErrors.OptimizerState.ProblemAt(file.Path, $"'{name}' is missing"));
                return [];
            }

            datasets.Add(dataset);
        }

        return OptimizerState.Assign(specs, trained, datasets, file.Path, problems);
    }
}
