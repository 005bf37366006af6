using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Weights;

/// <summary>Weights of Keras 3, by paths that follow classes and attributes.</summary>
internal static class ModernWeights
{
    // Folder of a model's layers in files of Keras 2.13.
    private const string OldContainer = "_layer_checkpoint_dependencies";

    /// <summary>Sets the value of every stored variable from an HDF5 tree.</summary>
    public static void Load(ModelConfig model, HdfGroup root, string where, List<Problem> problems)
    {
        foreach ((ModelParameter parameter, string group) in WeightPaths.Of(model))
        {
            if (!parameter.Spec.Stored)
            {
                continue;
            }

            string path = $"{group}/{WeightPaths.Inside(parameter.Spec)}";
            if (Find(root, path) is { } dataset)
            {
                if (VariableValues.CheckShape(parameter, dataset.Dimensions, where, problems))
                {
                    parameter.Value = dataset.ToTensor(where).Cast(parameter.Spec.Type);
                }
            }
            else if (!VariableValues.MayBeMissing(parameter.Spec))
            {
                problems.Add(KerasFileErrors.WeightMissing.ProblemAt(where, parameter.Path, path));
            }
        }
    }

    /// <summary>Sets the value of every stored variable from arrays by path (npz).</summary>
    public static void Load(ModelConfig model, IReadOnlyDictionary<string, Tensor> arrays, string where, List<Problem> problems)
    {
        foreach ((ModelParameter parameter, string group) in WeightPaths.Of(model))
        {
            string path = $"{group}/{WeightPaths.Inside(parameter.Spec)}";
            if (!parameter.Spec.Stored)
            {
                continue;
            }

            if (arrays.TryGetValue(path, out Tensor? array))
            {
                if (VariableValues.CheckShape(parameter, [.. array.Shape.Select(s => (long)s)], where, problems))
                {
                    parameter.Value = array.Cast(parameter.Spec.Type);
                }
            }
            else if (!VariableValues.MayBeMissing(parameter.Spec))
            {
                problems.Add(KerasFileErrors.WeightMissing.ProblemAt(where, parameter.Path, path));
            }
        }
    }

    /// <summary>The dataset of a path in the tree of any version; null when there is none.</summary>
    public static HdfDataset? Find(HdfGroup root, string path) => root.Dataset(PathIn(root, path));

    /// <summary>A path as the tree has it: Keras 2.13 named the folder of layers otherwise.</summary>
    public static string PathIn(HdfGroup root, string path) =>
        path.StartsWith("layers/", StringComparison.Ordinal) && !root.Children.ContainsKey("layers") && root.Children.ContainsKey(OldContainer)
            ? path.Replace("layers/", OldContainer + "/", StringComparison.Ordinal)
            : path;
}
