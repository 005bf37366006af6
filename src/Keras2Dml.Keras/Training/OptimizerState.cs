using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Training;

/// <summary>Reads the variables of an optimizer.</summary>
internal static class OptimizerState
{
    /// <summary>The variables in Keras's order; empty when the file holds none.</summary>
    public static IReadOnlyList<OptimizerVariable> Read(NetworkModel model, TrainingSpec training, KerasFile file, List<Problem> problems)
    {
        if (file.Hdf is null)
        {
            return [];
        }

        IReadOnlyList<ModelParameter> trained = TrainedParameters(model);
        IReadOnlyList<OptimizerVariableSpec> specs = new OptimizerSettings(training.Optimizer).Variables([.. trained.Select(OptimizedVariable.Of)]);
        return file.Format == KerasFormat.LegacyHdf
            ? LegacyOptimizerState.Read(specs, trained, file, problems)
            : ReadModern(specs, file, problems);
    }

    /// <summary>The trained variables in Keras's order (model.trainable_variables).</summary>
    public static IReadOnlyList<ModelParameter> TrainedParameters(NetworkModel model) =>
        [.. model.Layers.Where(l => l.Trainable).SelectMany(l => l.Parameters).Where(p => p.Spec.Trainable)];

    private static IReadOnlyList<OptimizerVariable> ReadModern(IReadOnlyList<OptimizerVariableSpec> specs, KerasFile file, List<Problem> problems)
    {
        List<HdfDataset> datasets = [.. Numbered(file.Hdf!.Group("optimizer/vars"))];

        // An optimizer that has not been built yet has its own scalars only.
        return datasets.Count < specs.Count && datasets.Count <= specs.Count(s => s.Variable is null) ? [] : Assign(specs, datasets, file.Path, problems);
    }

    private static IEnumerable<HdfDataset> Numbered(HdfGroup? group)
    {
        for (int i = 0; group?.Children.GetValueOrDefault(i.ToString(System.Globalization.CultureInfo.InvariantCulture)) is HdfDataset dataset; i++)
        {
            yield return dataset;
        }
    }

    /// <summary>Pairs the variables with datasets in order; a problem when numbers or shapes differ.</summary>
    public static IReadOnlyList<OptimizerVariable> Assign(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<HdfDataset> datasets, string where, List<Problem> problems)
    {
        if (datasets.Count != specs.Count)
        {
            problems.Add(KerasFileErrors.OptimizerState.ProblemAt(where, $"{specs.Count} variables are expected ({string.Join(", ", specs.Take(6).Select(s => s.Name))}{(specs.Count > 6 ? ", ..." : "")}), {datasets.Count} are there"));
            return [];
        }

        var result = new List<OptimizerVariable>();
        for (int i = 0; i < specs.Count; i++)
        {
            IReadOnlyList<int> expected = specs[i].Shape;
            if (!expected.Select(s => (long)s).SequenceEqual(datasets[i].Dimensions))
            {
                problems.Add(KerasFileErrors.OptimizerState.ProblemAt(where, $"'{specs[i].Name}' expected shape ({string.Join(", ", expected)}), received ({string.Join(", ", datasets[i].Dimensions)})"));
                return [];
            }

            result.Add(new OptimizerVariable(specs[i].Name, datasets[i].ToTensor(where)));
        }

        return result;
    }
}
