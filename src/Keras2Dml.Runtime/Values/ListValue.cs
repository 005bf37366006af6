namespace Keras2Dml.Runtime.Values;

/// <summary>A list: values with optional names. Immutable; counts its holders, so that the matrices in it go back to the pool with the last one.</summary>
internal sealed class ListValue(Value[] items, string?[] names)
{
    private int references = 1;

    /// <summary>The values; the list holds one count of each.</summary>
    public IReadOnlyList<Value> Items { get; } = items;

    /// <summary>Names in the order of the values; null for an unnamed one.</summary>
    public IReadOnlyList<string?> Names { get; } = names;

    /// <summary>Position of a name; -1 when there is none.</summary>
    public int IndexOf(string name) => Array.IndexOf(names, name);

    public ListValue Retain()
    {
        Interlocked.Increment(ref references);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref references) == 0)
        {
            foreach (Value item in Items)
            {
                item.Release();
            }
        }
    }
}
