using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Data;

/// <summary>Inputs and targets of a model from files.</summary>
/// <param name="Inputs">One tensor per input, shaped as the model declares.</param>
/// <param name="Targets">One tensor per output, or null when the files hold none.</param>
internal sealed record LoadedData(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor>? Targets);

/// <summary>Turns the values of <c>--data</c> and <c>--labels</c> into inputs and targets.</summary>
/// <param name="formats">The formats of files that can be read.</param>
internal sealed class DataArguments(IReadOnlyList<DataFormat> formats)
{
    private const string Archive = ".npz";

    /// <summary>Loads the data from files of the built-in formats.</summary>
    /// <inheritdoc cref="Read"/>
    public static LoadedData Load(IReadOnlyList<string> specifications, IReadOnlyList<string> labels, KerasModel model, bool needTargets) =>
        new DataArguments(DataFormat.BuiltIn).Read(specifications, labels, model, needTargets);

    /// <summary>Loads the data.</summary>
    /// <param name="specifications">Paths, several separated by commas; <c>name=path</c> for inputs and targets by name.</param>
    /// <param name="labels">Label columns of a table.</param>
    /// <param name="model">The model whose inputs are filled.</param>
    /// <param name="needTargets">True when targets must be there.</param>
    /// <exception cref="Keras2DmlException">Missing, damaged or unfit files.</exception>
    public LoadedData Read(IReadOnlyList<string> specifications, IReadOnlyList<string> labels, KerasModel model, bool needTargets)
    {
        string[] parts = [.. specifications.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        string[] columns = [.. labels.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        LoadedData loaded = parts switch
        {
            [var one] when columns.Length > 0 || (needTargets && FormatOf(one)?.ReadTable is not null) => FromTable(one, columns, needTargets),
            [var one] when one.EndsWith(Archive, StringComparison.OrdinalIgnoreCase) => FromNpz(one, model, needTargets),
            _ when parts.Any(p => p.Contains('=')) => FromNames(parts, model, needTargets),
            _ => FromList(parts, model, needTargets),
        };
        Tensor[] inputs = [.. loaded.Inputs.Select((t, i) => Shaping.Input(t, model.Inputs[i]))];
        return loaded with { Inputs = inputs };
    }

    /// <summary>One array of any format.</summary>
    public Tensor ReadArray(string path)
    {
        CheckExists(path);
        return (FormatOf(path) ?? throw Unknown(path)).ReadArray(path);
    }

    private DataFormat? FormatOf(string path) => DataFormat.Of(path, formats);

    private Keras2DmlException Unknown(string path) => DataErrors.UnknownDataFormat.With(path, string.Join(", ", formats.SelectMany(f => f.Endings).Append(Archive)));

    private static void CheckExists(string path)
    {
        if (!Path.Exists(path))
        {
            throw DataErrors.Missing.With(path);
        }
    }

    private LoadedData FromTable(string path, string[] labels, bool needTargets)
    {
        CheckExists(path);
        NumberTable table = FormatOf(path) is { } format ? (format.ReadTable ?? throw DataErrors.NoTable.At(path)).Invoke(path) : throw Unknown(path);
        if (labels.Length == 0 && needTargets)
        {
            // Without --labels the last column is the target, as in most tables.
            labels = [table.Columns?[^1] ?? table.ColumnCount.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        }

        int[] labelIndexes = [.. labels.Select(l => IndexOf(table, l))];
        int[] inputIndexes = [.. Enumerable.Range(0, table.ColumnCount).Except(labelIndexes)];
        return new LoadedData([table.Pick(inputIndexes)], labelIndexes.Length == 0 ? null : [table.Pick(labelIndexes)]);
    }

    private static int IndexOf(NumberTable table, string label)
    {
        int index = table.Columns is null ? -1 : table.Columns.ToList().IndexOf(label);
        if (index < 0 && int.TryParse(label, System.Globalization.CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= table.ColumnCount)
        {
            index = number - 1;
        }

        return index >= 0
            ? index
            : throw DataErrors.LabelColumn.At(table.Path, label, table.Columns is null ? $"{table.ColumnCount} columns without names" : string.Join(", ", table.Columns));
    }

    private static LoadedData FromNpz(string path, KerasModel model, bool needTargets)
    {
        CheckExists(path);
        IReadOnlyDictionary<string, Tensor> arrays = NpzFile.ReadAll(path);
        Tensor[] inputs = [.. model.Inputs.Select((p, i) => Find(arrays, path, "x", p.Name, i, model.Inputs.Count))];
        bool hasTargets = needTargets || arrays.ContainsKey("y") || arrays.ContainsKey("y_0");
        return new LoadedData(inputs, hasTargets ? [.. model.Outputs.Select((p, i) => Find(arrays, path, "y", p.Name, i, model.Outputs.Count))] : null);
    }

    private static Tensor Find(IReadOnlyDictionary<string, Tensor> arrays, string path, string prefix, string name, int index, int count)
    {
        string[] keys = count == 1 ? [prefix, name, prefix + "_0"] : [$"{prefix}_{name}", name, $"{prefix}_{index}"];
        string? key = keys.FirstOrDefault(arrays.ContainsKey);
        return key is null ? throw DataErrors.NpzKey.At(path, keys[0], string.Join(", ", arrays.Keys)) : arrays[key];
    }

    private LoadedData FromNames(string[] parts, KerasModel model, bool needTargets)
    {
        Dictionary<string, string> paths = parts.Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : p[0], StringComparer.Ordinal);
        Tensor Read(string name, string kind) => paths.TryGetValue(name, out string? path)
            ? ReadArray(path)
            : throw DataErrors.NpzKey.At($"--data, {kind}", name, string.Join(", ", paths.Keys));
        Tensor[] inputs = [.. model.Inputs.Select(p => Read(p.Name, "input"))];
        return new LoadedData(inputs, needTargets || model.Outputs.All(o => paths.ContainsKey(o.Name)) ? [.. model.Outputs.Select(p => Read(p.Name, "target"))] : null);
    }

    private LoadedData FromList(string[] parts, KerasModel model, bool needTargets)
    {
        int inputs = model.Inputs.Count;
        int all = inputs + model.Outputs.Count;
        if (parts.Length != all && (needTargets || parts.Length != inputs))
        {
            throw DataErrors.ArrayCount.At("--data", needTargets ? all : inputs, string.Join(", ", model.Inputs.Select(i => i.Name).Concat(needTargets ? model.Outputs.Select(o => "target of " + o.Name) : [])), parts.Length);
        }

        Tensor[] arrays = [.. parts.Select(ReadArray)];
        return new LoadedData(arrays[..inputs], arrays.Length == all ? arrays[inputs..] : null);
    }
}
