using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Graph;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Keras.Weights;

/// <summary>Weights of legacy HDF5 files: a group for each top layer, with names of datasets in the order of the layer's weights.</summary>
internal static class LegacyWeights
{
    /// <summary>Stands for the path of an array that the file holds in the layout of Keras 1.</summary>
    public const string Converted = "";

    /// <summary>The group that holds the layers: <c>model_weights</c>, or the root of a file of weights alone; null when there is none.</summary>
    public static HdfGroup? GroupOf(HdfGroup root) =>
        root.Group("model_weights") is { } inner && inner.TextsAttribute("layer_names") is not null ? inner : root.TextsAttribute("layer_names") is not null ? root : null;

    /// <summary>Sets the value of every stored variable.</summary>
    public static void Load(ModelConfig model, HdfGroup root, string where, List<Problem> problems)
    {
        foreach ((ModelParameter parameter, string path, HdfDataset dataset) in Match(model, root, where, problems))
        {
            if (VariableValues.CheckShape(parameter, dataset.Dimensions, path == Converted ? where : $"{where}: {path}", problems))
            {
                parameter.Value = dataset.ToTensor(where).Cast(parameter.Spec.Type);
            }
        }
    }

    /// <summary>Pairs variables with datasets.</summary>
    public static IReadOnlyList<(ModelParameter Parameter, string Path, HdfDataset Dataset)> Match(ModelConfig model, HdfGroup root, string where, List<Problem> problems)
    {
        var result = new List<(ModelParameter, string, HdfDataset)>();
        if (GroupOf(root) is not { } group)
        {
            problems.Add(KerasFileErrors.NoWeights.ProblemAt(where, "the attribute layer_names"));
            return result;
        }

        // Order comes from layer_names; layers without weights are passed over on both sides (Keras's load_weights_from_hdf5_group).
        var stored = new List<(string Layer, string[] Names)>();
        foreach (string layer in group.TextsAttribute("layer_names")!)
        {
            if (group.Group(layer)?.TextsAttribute("weight_names") is { Count: > 0 } names)
            {
                stored.Add((layer, [.. names]));
            }
        }

        // Files of Keras 1 tell no version before 1.2.
        string version = root.TextAttribute("keras_version") ?? group.TextAttribute("keras_version") ?? "1";
        List<(ConfiguredLayer Layer, ModelParameter[] Weights)> wanted = [.. model.Layers.Select(l => (l, InKerasOrder(l))).Where(l => l.Item2.Length > 0)];
        Dictionary<string, string[]> byName = stored.DistinctBy(s => s.Layer).ToDictionary(s => s.Layer, s => s.Names, StringComparer.Ordinal);
        bool named = wanted.TrueForAll(w => byName.ContainsKey(w.Layer.Name));
        if (!named && wanted.Count != stored.Count)
        {
            problems.Add(KerasFileErrors.WeightCount.ProblemAt(where, model.Name, $"{wanted.Count} layers with", string.Join(", ", wanted.Select(w => w.Layer.Name)), $"{stored.Count} layers ({string.Join(", ", stored.Select(s => s.Layer))})"));
            return result;
        }

        for (int i = 0; i < wanted.Count; i++)
        {
            (string layer, string[] names) = named ? (wanted[i].Layer.Name, byName[wanted[i].Layer.Name]) : stored[i];
            Match(wanted[i], group.Group(layer)!, layer, names, version, where, problems, result);
        }

        return result;
    }

    /// <summary>The layers of the top model with their weights in Keras's order: trained ones first, over a nested model as a whole.</summary>
    public static IEnumerable<(string Name, ModelParameter[] Weights)> TopLayers(ModelConfig model) =>
        model.Layers.Select(l => (l.Name, InKerasOrder(l)));

    private static ModelParameter[] InKerasOrder(ConfiguredLayer layer)
    {
        IEnumerable<LayerUse> uses = layer.Model is null ? [layer.Use!] : layer.Model.Leaves().Select(l => l.Use!);
        var weights = uses.SelectMany(u => u.Parameters.Where(p => p.Spec.Stored && !VariableValues.IsSeedState(p.Spec)).Select(p => (Parameter: p, Trained: u.Trainable && p.Spec.Trainable))).ToList();
        return [.. weights.Where(w => w.Trained).Concat(weights.Where(w => !w.Trained)).Select(w => w.Parameter)];
    }

    private static void Match((ConfiguredLayer Layer, ModelParameter[] Weights) wanted, HdfGroup group, string layer, string[] names, string version, string where, List<Problem> problems, List<(ModelParameter, string, HdfDataset)> result)
    {
        HdfDataset[] datasets = [.. names.Select(group.Dataset).OfType<HdfDataset>()];
        if (wanted.Layer.Model is null && datasets.Length == names.Length && LegacyLayouts.Convert(wanted.Layer, datasets, version, where) is { } converted && converted.Count == wanted.Weights.Length)
        {
            result.AddRange(wanted.Weights.Select((w, i) => (w, Converted, converted[i])));
            return;
        }

        if (names.Length != wanted.Weights.Length)
        {
            problems.Add(KerasFileErrors.WeightCount.ProblemAt(where, wanted.Layer.Name, wanted.Weights.Length, string.Join(", ", wanted.Weights.Select(w => w.Path)), $"{names.Length} ({string.Join(", ", names)})"));
            return;
        }

        string[] ordered = ByName(wanted.Weights, names) ?? names;
        for (int i = 0; i < ordered.Length; i++)
        {
            if (group.Dataset(ordered[i]) is { } dataset)
            {
                result.Add((wanted.Weights[i], $"{layer}/{ordered[i]}", dataset));
            }
            else
            {
                problems.Add(KerasFileErrors.WeightMissing.ProblemAt(where, wanted.Weights[i].Path, $"{layer}/{ordered[i]}"));
            }
        }
    }

    /// <summary>
    /// The names in the order of the variables, when every variable finds exactly one name that ends like its path. A file written while other layers were frozen
    /// has another order (keras-team/keras issues 10777, 10784, 13259). Null when names tell nothing; then their order counts.
    /// </summary>
    private static string[]? ByName(ModelParameter[] weights, string[] names)
    {
        string[][] parts = [.. names.Select(n => Bare(n).Split('/'))];
        if (weights.Select((w, i) => parts[i][^1] == w.Path.Split('/')[^1]).All(same => same) && SameLayers(weights, parts))
        {
            return null;
        }

        var result = new string[weights.Length];
        var used = new HashSet<int>();
        for (int i = 0; i < weights.Length; i++)
        {
            string[] path = weights[i].Path.Split('/');
            int[] best = [.. Enumerable.Range(0, names.Length).Where(n => parts[n][^1] == path[^1] && path[..^1].Contains(parts[n].Length > 1 ? parts[n][^2] : ""))];
            if (best.Length != 1 || !used.Add(best[0]))
            {
                return null;
            }

            result[i] = names[best[0]];
        }

        return result;
    }

    // The names' layers follow each other as the variables' layers do.
    private static bool SameLayers(ModelParameter[] weights, string[][] parts) =>
        weights.Select((w, i) => parts[i].Length < 2 || w.Path.Split('/')[..^1].Contains(parts[i][^2])).All(same => same);

    // kernel:0 before Keras 3.
    private static string Bare(string name) => name.Split(':')[0];
}
