using System.Globalization;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Keras.Training;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Saving;

/// <summary>Makes the HDF5 tree of a document's weights: the file's own tree with changed values, or a new one.</summary>
internal static class WeightsWriter
{
    /// <summary>Weights of Keras 3.</summary>
    public static HdfGroup Modern(KerasDocument document, bool withOptimizer)
    {
        string where = document.File.Path;
        bool own = document.File.Hdf is not null && LegacyWeights.GroupOf(document.File.Hdf) is null;
        HdfGroup root = own ? Copy(document.File.Hdf!) : new HdfGroup();
        if (!own)
        {
            AddContainers(document.Outline, root, "layers");
            root.Require("vars").Attributes["name"] = HdfValue.Text(document.Outline.Name);
        }

        foreach ((ModelParameter parameter, string group) in WeightPaths.Of(document.Outline))
        {
            string path = ModernWeights.PathIn(root, $"{group}/{WeightPaths.Inside(parameter.Spec)}");
            // Files of Keras 2 have no states of random generators.
            bool foreign = own && VariableValues.IsSeedState(parameter.Spec) && root.Dataset(path) is null;
            if (parameter.Spec.Stored && !foreign && parameter.Value is { } value)
            {
                Set(root, path, value, parameter.Spec.Type, where);
            }
        }

        if (withOptimizer && document.Model.Training is { OptimizerVariables.Count: > 0 } training)
        {
            SetOptimizer(root, training, where);
        }

        return root;
    }

    /// <summary>The tree of a legacy file with changed values.</summary>
    public static HdfGroup Legacy(KerasDocument document)
    {
        string where = document.File.Path;
        HdfGroup root = Copy(document.File.Hdf!);
        string prefix = root.Group("model_weights") is null ? "" : "model_weights/";
        foreach ((ModelParameter parameter, string path, HdfDataset stored) in LegacyWeights.Match(document.Outline, root, where, []))
        {
            if (path == LegacyWeights.Converted)
            {
                if (parameter.Value is { } changed && !SameValues(stored.ToTensor(where).Cast(parameter.Spec.Type), changed.Cast(parameter.Spec.Type)))
                {
                    throw KerasFileErrors.OldLayout.At(where, parameter.Path);
                }
            }
            else if (parameter.Value is { } value)
            {
                Set(root, prefix + path, value, parameter.Spec.Type, where);
            }
        }

        if (document.Model.Training is { OptimizerVariables.Count: > 0 } training && !ReferenceEquals(training.OptimizerVariables, document.StoredTraining?.OptimizerVariables))
        {
            LegacyFile.SetOptimizer(root, document);
        }

        return root;
    }

    /// <summary>A tree of groups of its own over the same datasets, so that datasets can be replaced.</summary>
    public static HdfGroup Copy(HdfGroup source)
    {
        var result = new HdfGroup();
        foreach ((string name, HdfValue value) in source.Attributes)
        {
            result.Attributes[name] = value;
        }

        foreach ((string name, HdfObject child) in source.Children)
        {
            result.Children[name] = child is HdfGroup group ? Copy(group) : child;
        }

        return result;
    }

    /// <summary>Puts a value at a path: nothing changes when the value is the stored one; an existing dataset keeps its element type.</summary>
    public static void Set(HdfGroup root, string path, Tensor value, ElementType type, string where)
    {
        int slash = path.LastIndexOf('/');
        HdfGroup group = root.Require(path[..slash]);
        string name = path[(slash + 1)..];
        if (group.Children.GetValueOrDefault(name) is HdfDataset stored && stored.Dimensions.SequenceEqual(value.Shape.Select(s => (long)s)))
        {
            if (!SameValues(stored.ToTensor(where).Cast(type), value.Cast(type)))
            {
                group.Children[name] = stored.With(value, where);
            }
        }
        else
        {
            group.Children[name] = value.Cast(type).ToDataset(where);
        }
    }

    private static bool SameValues(Tensor a, Tensor b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(a.GetDouble(i)) != BitConverter.DoubleToInt64Bits(b.GetDouble(i)))
            {
                return false;
            }
        }

        return true;
    }

    private static void SetOptimizer(HdfGroup root, TrainingSpec training, string where)
    {
        SetVariables(root, "optimizer/vars", training.Optimizer, training.OptimizerVariables, where);

        // An optimizer in another one has a group of its own, besides its part in the outer one's list.
        var settings = new OptimizerSettings(training.Optimizer);
        if (settings.OuterVariables > 0)
        {
            SetVariables(root, "optimizer/inner_optimizer/vars", settings.Optimizer, [.. training.OptimizerVariables.Skip(settings.OuterVariables)], where);
        }
    }

    private static void SetVariables(HdfGroup root, string path, KerasObject optimizer, IReadOnlyList<OptimizerVariable> variables, string where)
    {
        // tf_keras writes no names.
        bool present = root.Group(path) is not null;
        HdfGroup vars = root.Require(path);
        if (!present)
        {
            vars.Attributes["name"] = HdfValue.Text(optimizer.OptionalString("name") ?? KerasNames.SnakeCase(optimizer.ClassName));
        }

        int stored = vars.Children.Count;
        for (int i = 0; i < variables.Count; i++)
        {
            Tensor value = variables[i].Value;
            Set(root, $"{path}/{i.ToString(CultureInfo.InvariantCulture)}", value, value.ElementType, where);
        }

        for (int i = variables.Count; i < stored; i++)
        {
            vars.Children.Remove(i.ToString(CultureInfo.InvariantCulture));
        }
    }

    // Keras writes a group with the layer's name for every layer, also for those without variables.
    private static void AddContainers(ModelConfig model, HdfGroup root, string container)
    {
        ConfiguredLayer[] layers = [.. model.Layers.Where(l => !l.IsOperation && !(model.IsSequential && l.IsInput))];
        string[] names = [.. KerasNames.Numbered(layers.Select(l => KerasNames.SnakeCase(l.ClassName)))];
        for (int i = 0; i < layers.Length; i++)
        {
            root.Require($"{container}/{names[i]}/vars").Attributes["name"] = HdfValue.Text(layers[i].Name);
            if (layers[i].Model is { } nested)
            {
                AddContainers(nested, root, $"{container}/{names[i]}/layers");
            }
        }
    }
}
