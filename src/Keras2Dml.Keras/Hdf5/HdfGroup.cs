namespace Keras2Dml.Keras.Hdf5;

/// <summary>A group: named objects.</summary>
internal sealed class HdfGroup : HdfObject
{
    /// <summary>Members by name, in the order of the file (by name).</summary>
    public OrderedDictionary<string, HdfObject> Children { get; } = [];

    /// <summary>The object at a path (<c>a/b/c</c>); null when there is none.</summary>
    public HdfObject? Find(string path)
    {
        HdfObject? current = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            current = (current as HdfGroup)?.Children.GetValueOrDefault(name);
        }

        return current;
    }

    public HdfGroup? Group(string path) => Find(path) as HdfGroup;

    public HdfDataset? Dataset(string path) => Find(path) as HdfDataset;

    /// <summary>The group at a path, made when it is not there.</summary>
    public HdfGroup Require(string path)
    {
        HdfGroup current = this;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current.Children.GetValueOrDefault(name) is not HdfGroup next)
            {
                current.Children[name] = next = new HdfGroup();
            }

            current = next;
        }

        return current;
    }
}
