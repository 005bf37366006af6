using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Data;

/// <summary>Inputs and targets of a model from files.</summary>
/// <param name="Inputs">One tensor per input, shaped as the model declares.</param>
/// <param name="Targets">One tensor per output, or null when the files hold none.</param>
internal sealed record LoadedData(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor>? Targets);

/// <summary>Turns the values of <c>--data</c> and <c>--labels</c> into inputs and targets.</summary>
internal static class DataArguments
{
    private static readonly string[] Endings = [".npy", ".npz", ".csv", ".tsv", ".txt", ".idx", ".gz", "-ubyte"];

    /// <summary>Loads the data.</summary>
    /// <param name="specifications">Paths, several separated by commas; <c>name=path</c> for inputs and targets by name.</param>
    /// <param name="labels">Label columns of a table.</param>
    /// <param name="model">The model whose inputs are filled.</param>
    /// <param name="needTargets">True when targets must be there.</param>
    /// <exception cref="Keras2DmlException">Missing, damaged or unfit files.</exception>
    public static LoadedData Load(IReadOnlyList<string> specifications, IReadOnlyList<string> labels, KerasModel model, bool needTargets)
    {
        string[] parts = [.. specifications.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        string[] columns = [.. labels.SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        LoadedData loaded = parts switch
        {
            [var one] when columns.Length > 0 || IsTableOnly(one, needTargets) => FromTable(one, columns, model, needTargets),
            [var one] when one.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) => FromNpz(one, model, needTargets),
            _ when parts.Any(p => p.Contains('=')) => FromNames(parts, model, needTargets),
            _ => FromList(parts, model, needTargets),
        };
        Tensor[] inputs = [.. loaded.Inputs.Select((t, i) => Shaping.Input(t, model.Inputs[i]))];
        return loaded with { Inputs = inputs };
    }

    /// <summary>One array of any supported file.</summary>
    public static Tensor ReadArray(string path)
    {
        if (!File.Exists(path))
        {
            throw DataErrors.Missing.With(path);
        }

        string lower = path.ToLowerInvariant();
        if (lower.EndsWith(".npy", StringComparison.Ordinal))
        {
            return NpyFile.Read(path);
        }

        if (lower.EndsWith(".csv", StringComparison.Ordinal) || lower.EndsWith(".tsv", StringComparison.Ordinal) || lower.EndsWith(".txt", StringComparison.Ordinal))
        {
            CsvTable table = CsvFile.Read(path);
            return Tensor.From(table.Values, table.Rows, table.ColumnCount);
        }

        if (lower.EndsWith(".gz", StringComparison.Ordinal) || lower.EndsWith("-ubyte", StringComparison.Ordinal) || lower.EndsWith(".idx", StringComparison.Ordinal))
        {
            return IdxFile.Read(path);
        }

        throw DataErrors.UnknownDataFormat.With(path, string.Join(", ", Endings));
    }

    private static bool IsTableOnly(string path, bool needTargets) => needTargets && path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static LoadedData FromTable(string path, string[] labels, KerasModel model, bool needTargets)
    {
        if (!File.Exists(path))
        {
            throw DataErrors.Missing.With(path);
        }

        CsvTable table = CsvFile.Read(path);
        if (labels.Length == 0 && needTargets)
        {
            // Without --labels the last column is the target, as in most tables.
            labels = [table.Columns?[^1] ?? table.ColumnCount.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        }

        int[] labelIndexes = [.. labels.Select(l => IndexOf(table, l))];
        int[] inputIndexes = [.. Enumerable.Range(0, table.ColumnCount).Except(labelIndexes)];
        return new LoadedData([Pick(table, inputIndexes)], labelIndexes.Length == 0 ? null : [Pick(table, labelIndexes)]);
    }

    private static int IndexOf(CsvTable table, string label)
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

    private static Tensor Pick(CsvTable table, int[] columns)
    {
        var values = new double[table.Rows * columns.Length];
        for (int row = 0; row < table.Rows; row++)
        {
            for (int i = 0; i < columns.Length; i++)
            {
                values[row * columns.Length + i] = table.Values[row * table.ColumnCount + columns[i]];
            }
        }

        return Tensor.From(values, table.Rows, columns.Length);
    }

    private static LoadedData FromNpz(string path, KerasModel model, bool needTargets)
    {
        if (!File.Exists(path))
        {
            throw DataErrors.Missing.With(path);
        }

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

    private static LoadedData FromNames(string[] parts, KerasModel model, bool needTargets)
    {
        Dictionary<string, string> paths = parts.Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p.Length > 1 ? p[1] : p[0], StringComparer.Ordinal);
        Tensor Read(string name, string kind) => paths.TryGetValue(name, out string? path)
            ? ReadArray(path)
            : throw DataErrors.NpzKey.At($"--data, {kind}", name, string.Join(", ", paths.Keys));
        Tensor[] inputs = [.. model.Inputs.Select(p => Read(p.Name, "input"))];
        return new LoadedData(inputs, needTargets || model.Outputs.All(o => paths.ContainsKey(o.Name)) ? [.. model.Outputs.Select(p => Read(p.Name, "target"))] : null);
    }

    private static LoadedData FromList(string[] parts, KerasModel model, bool needTargets)
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
