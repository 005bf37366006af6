using Keras2Dml.Keras.Hdf5;

namespace Keras2Dml.Keras.Tests.Hdf5;

/// <summary>Compares HDF5 trees.</summary>
internal static class HdfTrees
{
    /// <summary>One line per object and attribute, with types, shapes and values.</summary>
    public static IReadOnlyList<string> Describe(HdfGroup root)
    {
        var lines = new List<string>();
        Add("", root);
        return lines;

        void Add(string path, HdfObject item)
        {
            lines.Add(item is HdfDataset dataset ? $"{path} {Value(dataset.Value)}" : path + "/");
            lines.AddRange(item.Attributes.Select(a => $"{path}@{a.Key} {Value(a.Value)}"));
            foreach ((string name, HdfObject child) in item is HdfGroup group ? group.Children : [])
            {
                Add($"{path}/{name}", child);
            }
        }
    }

    private static string Value(HdfValue value) =>
        $"{Convert.ToHexString(value.Type.Message)} ({(value.Dimensions is null ? "scalar" : string.Join(",", value.Dimensions))}) " +
        (value.Items is { } items ? string.Join("|", items.Select(i => Convert.ToHexString(i.Span))) : Convert.ToHexString(value.Bytes.Span));
}
