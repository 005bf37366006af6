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
        IReadOnlyList<OptimizerVariableSpec> specs = new OptimizerSettings(training.Optimizer).Variables([.. trained.Select(t => t.Path)]);
        return file.Format == KerasFormat.LegacyHdf
            ? LegacyOptimizerState.Read(specs, trained, file, problems)
            : ReadModern(specs, trained, file, problems);
    }

    /// <summary>The trained variables in Keras's order (model.trainable_variables).</summary>
    public static IReadOnlyList<ModelParameter> TrainedParameters(NetworkModel model) =>
        [.. model.Layers.Where(l => l.Trainable).SelectMany(l => l.Parameters).Where(p => p.Spec.Trainable)];

    /// <summary>Shape that a variable must have.</summary>
    public static IReadOnlyList<int> ShapeOf(OptimizerVariableSpec spec, IReadOnlyList<ModelParameter> trained) =>
        spec.Variable is { } index ? trained[index].Spec.Shape : [];

    private static IReadOnlyList<OptimizerVariable> ReadModern(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<ModelParameter> trained, KerasFile file, List<Problem> problems)
    {
        if (file.Hdf!.Group("optimizer/vars") is not { Children.Count: > 0 } group)
        {
            return [];
        }

        var datasets = new List<HdfDataset>();
        while (group.Children.GetValueOrDefault(datasets.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) is HdfDataset dataset)
        {
            datasets.Add(dataset);
        }

        // An optimizer that has not been built yet has its own scalars only.
        return datasets.Count < specs.Count && datasets.Count <= 2 ? [] : Assign(specs, trained, datasets, file.Path, problems);
    }

    /// <summary>Pairs the variables with datasets in order; a problem when numbers or shapes differ.</summary>
    public static IReadOnlyList<OptimizerVariable> Assign(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<ModelParameter> trained, IReadOnlyList<HdfDataset> datasets, string where, List<Problem> problems)
    {
        if (datasets.Count != specs.Count)
        {
            problems.Add(KerasFileErrors.OptimizerState.ProblemAt(where, $"{specs.Count} variables are expected ({string.Join(", ", specs.Take(6).Select(s => s.Name))}{(specs.Count > 6 ? ", ..." : "")}), {datasets.Count} are there"));
            return [];
        }

        var result = new List<OptimizerVariable>();
        for (int i = 0; i < specs.Count; i++)
        {
            IReadOnlyList<int> expected = ShapeOf(specs[i], trained);
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
