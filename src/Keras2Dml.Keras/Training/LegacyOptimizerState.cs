using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Keras.Training;

/// <summary>
/// Reads the variables of an optimizer from the group <c>optimizer_weights</c> of legacy HDF5 files, whose order depends on the version:
/// Keras 3 variable by variable, tf_keras's old optimizers slot by slot (all <c>m</c>, then all <c>v</c>), Keras 2.0 to 2.2 slot by slot without names.
/// </summary>
internal sealed class LegacyOptimizerState
{
    private readonly IReadOnlyList<OptimizerVariableSpec> specs;
    private readonly IReadOnlyList<ModelParameter> trained;
    private readonly string where;
    private readonly List<(string Name, HdfDataset Dataset)> stored;
    private readonly HashSet<string> labels;

    private LegacyOptimizerState(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<ModelParameter> trained, string where, List<(string Name, HdfDataset Dataset)> stored)
    {
        this.specs = specs;
        this.trained = trained;
        this.where = where;
        this.stored = stored;
        labels = [.. specs.Where(s => s.Variable is not null).SelectMany(s => new[] { s.Slot.Name, s.Slot.LegacyName ?? s.Slot.Name }), "m", "v", "momentum"];
    }

    /// <summary>The variables in Keras 3's order; empty when the file holds none.</summary>
    public static IReadOnlyList<OptimizerVariable> Read(IReadOnlyList<OptimizerVariableSpec> specs, IReadOnlyList<ModelParameter> trained, KerasFile file, List<Problem> problems)
    {
        if (file.Hdf!.Group("optimizer_weights") is not { } group || group.TextsAttribute("weight_names") is not { Count: > 0 } names)
        {
            return [];
        }

        var datasets = new List<(string, HdfDataset)>();
        foreach (string name in names)
        {
            if (group.Dataset(name) is not { } dataset)
            {
                problems.Add(KerasFileErrors.OptimizerState.ProblemAt(file.Path, $"'{name}' is missing"));
                return [];
            }

            datasets.Add((name, dataset));
        }

        bool modern = datasets.Count == specs.Count && specs.Zip(names).All(p => p.Second.EndsWith(p.First.Name, StringComparison.Ordinal));
        return modern
            ? OptimizerState.Assign(specs, [.. datasets.Select(s => s.Item2)], file.Path, problems)
            : new LegacyOptimizerState(specs, trained, file.Path, datasets).BySlots(problems);
    }

    private IReadOnlyList<OptimizerVariable> BySlots(List<Problem> problems)
    {
        // Scalars: the iteration (iter, iterations, iteration) comes first in every version that stores it; others are of no use here.
        HdfDataset? iteration = stored.Where(s => s.Dataset.Dimensions.Count == 0 && !trained.Any(t => t.Spec.Shape.Count == 0)).Select(s => s.Dataset).FirstOrDefault();
        List<(string Name, HdfDataset Dataset)> arrays = [.. stored.Where(s => s.Dataset.Dimensions.Count > 0 || trained.Any(t => t.Spec.Shape.Count == 0))];
        OptimizerSlot[] slots = [.. specs.Where(s => s.Variable is not null).Select(s => s.Slot).Distinct()];
        if (arrays.Count == 0)
        {
            return [];
        }

        if (arrays.Count != slots.Length * trained.Count)
        {
            problems.Add(KerasFileErrors.OptimizerState.ProblemAt(where, $"{slots.Length} x {trained.Count} arrays are expected, {arrays.Count} are there"));
            return [];
        }

        var bySlot = new Dictionary<string, HdfDataset[]>(StringComparer.Ordinal);
        List<IGrouping<string, (string Name, HdfDataset Dataset)>> groups = [.. arrays.GroupBy(a => Label(a.Name))];
        for (int i = 0; i < slots.Length; i++)
        {
            // Unnamed variables come slot by slot.
            List<(string Name, HdfDataset Dataset)> group = groups.Count == slots.Length
                ? [.. groups.Find(g => g.Key == slots[i].LegacyName || g.Key == slots[i].Name) ?? groups[i]]
                : arrays.GetRange(i * trained.Count, trained.Count);
            bySlot[slots[i].Name] = InOrder(group);
        }

        List<HdfDataset> datasets = [];
        foreach (OptimizerVariableSpec spec in specs)
        {
            datasets.Add(spec.Role switch
            {
                OptimizerVariableRole.Iteration => iteration ?? Tensor.From(new[] { 0L }).ToDataset(where),
                _ when spec.Variable is { } variable => bySlot[spec.Slot.Name][variable],
                _ => Tensor.From(new[] { (float)spec.Slot.Initial }).ToDataset(where),
            });
        }

        return OptimizerState.Assign(specs, datasets, where, problems);
    }

    /// <summary>The slot's name: <c>Adam/dense/kernel/m:0</c>, <c>SGD/m/dense/kernel:0</c>; empty when the name does not tell.</summary>
    private string Label(string name)
    {
        string[] parts = Parts(name);
        return labels.Contains(parts[^1]) ? parts[^1] : parts.Length > 2 && labels.Contains(parts[1]) ? parts[1] : "";
    }

    private static string[] Parts(string name) => name.Split(':')[0].Split('/');

    /// <summary>Datasets in the order of the trained variables: by name when every variable finds exactly one, otherwise as they come.</summary>
    private HdfDataset[] InOrder(List<(string Name, HdfDataset Dataset)> group)
    {
        var result = new HdfDataset[trained.Count];
        var used = new HashSet<int>();
        for (int i = 0; i < trained.Count; i++)
        {
            string[] path = trained[i].Path.Split('/');
            int[] found = [.. Enumerable.Range(0, group.Count).Where(n => Parts(group[n].Name) is { Length: > 2 } parts && Variable(parts) is [.., var layer, var last] && last == path[^1] && path[..^1].Contains(layer) && group[n].Dataset.Dimensions.SequenceEqual(trained[i].Spec.Shape.Select(s => (long)s)))];
            if (found.Length != 1 || !used.Add(found[0]))
            {
                return [.. group.Select(g => g.Dataset)];
            }

            result[i] = group[found[0]].Dataset;
        }

        return result;
    }

    // The variable's own path: without the optimizer in front and the slot.
    private string[] Variable(string[] parts) => labels.Contains(parts[^1]) ? parts[1..^1] : parts[2..];
}
