using System.Text;
using System.Text.Json.Nodes;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Keras.Training;
using Keras2Dml.Keras.Weights;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Saving;

/// <summary>Makes a legacy HDF5 file from a document of another format, as Keras 3 writes it (keras/src/legacy/saving/legacy_h5_format.py).</summary>
internal static class LegacyFile
{
    // Longer attributes are split by Keras.
    private const int LongestAttribute = 64512;

    /// <summary>The whole tree.</summary>
    public static HdfGroup Create(KerasDocument document, string version)
    {
        var root = new HdfGroup();
        root.Attributes["keras_version"] = HdfValue.Text(version);
        root.Attributes["backend"] = HdfValue.Text("tensorflow");
        root.Attributes["model_config"] = HdfValue.Text(Encoding.UTF8.GetString(JsonText.Write(ModelConfigOf(document.File.Config!))), HdfType.Ascii);
        if (document.Model.Training is not null)
        {
            root.Attributes["training_config"] = HdfValue.Text(Encoding.UTF8.GetString(JsonText.Write(CompileWriter.LegacyConfig(document))), HdfType.Ascii);
        }

        AddWeights(root.Require("model_weights"), document, version);
        if (document.Model.Training is { OptimizerVariables.Count: > 0 })
        {
            SetOptimizer(root, document);
        }

        return root;
    }

    /// <summary>Writes the optimizer's variables anew, under the names of Keras 3.</summary>
    public static void SetOptimizer(HdfGroup root, KerasDocument document)
    {
        TrainingSpec training = document.Model.Training!;
        string optimizer = training.Optimizer.OptionalString("name") ?? KerasNames.SnakeCase(training.Optimizer.ClassName);
        root.Children.Remove("optimizer_weights");
        HdfGroup group = root.Require("optimizer_weights");
        string[] names = [.. KerasNames.Numbered(training.OptimizerVariables.Select(v => $"{optimizer}/{v.Name}"))];
        for (int i = 0; i < names.Length; i++)
        {
            Tensor value = training.OptimizerVariables[i].Value;
            WeightsWriter.Set(group, names[i], value, value.ElementType, document.File.Path);
        }

        SetTexts(group, "weight_names", names);
    }

    private static JsonObject ModelConfigOf(JsonObject config) => new() { ["class_name"] = config["class_name"]?.DeepClone(), ["config"] = config["config"]?.DeepClone() };

    private static void AddWeights(HdfGroup group, KerasDocument document, string version)
    {
        ModelConfig model = document.Outline;
        ConfiguredLayer[] layers = [.. model.Layers.Where(l => !l.IsOperation && !(model.IsSequential && l.IsInput))];
        SetTexts(group, "layer_names", [.. layers.Select(l => l.Name)]);
        group.Attributes["backend"] = HdfValue.Text("tensorflow", HdfType.Ascii);
        group.Attributes["keras_version"] = HdfValue.Text(version, HdfType.Ascii);
        Dictionary<string, ModelParameter[]> weights = LegacyWeights.TopLayers(model).ToDictionary(l => l.Name, l => l.Weights, StringComparer.Ordinal);
        foreach (ConfiguredLayer layer in layers)
        {
            HdfGroup target = group.Require(layer.Name);
            ModelParameter[] stored = [.. weights[layer.Name].Where(w => w.Value is not null)];
            SetTexts(target, "weight_names", [.. stored.Select(w => w.Path)]);
            foreach (ModelParameter weight in stored)
            {
                WeightsWriter.Set(target, weight.Path, weight.Value!, weight.Spec.Type, document.File.Path);
            }
        }

        SetTexts(group.Require("top_level_model_weights"), "weight_names", []);
    }

    /// <summary>Sets a list of texts, in parts when it is too long for one attribute; an empty list is an empty array of numbers, as h5py writes it.</summary>
    private static void SetTexts(HdfGroup group, string name, string[] texts)
    {
        if (texts.Length == 0)
        {
            group.Attributes[name] = new HdfValue(HdfType.Float64, [0], default);
            return;
        }

        // References of 16 bytes each.
        int perPart = LongestAttribute / 16;
        if (texts.Length <= perPart)
        {
            group.Attributes[name] = HdfValue.Texts(texts, HdfType.Ascii);
            return;
        }

        string[][] parts = [.. texts.Chunk(perPart)];
        for (int i = 0; i < parts.Length; i++)
        {
            group.Attributes[$"{name}{i}"] = HdfValue.Texts(parts[i], HdfType.Ascii);
        }
    }
}
