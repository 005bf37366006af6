namespace Keras2Dml.Keras.Hdf5;

/// <summary>A group or a dataset with its attributes in their order.</summary>
internal abstract class HdfObject
{
    /// <summary>Attributes by name, in the order of the file.</summary>
    public OrderedDictionary<string, HdfValue> Attributes { get; } = [];

    /// <summary>The only text of an attribute; null when there is none.</summary>
    public string? TextAttribute(string name) => Attributes.TryGetValue(name, out HdfValue? value) && value.AsTexts() is [string text] ? text : null;

    /// <summary>
    /// The texts of an attribute. Attributes over 64,512 bytes are split by Keras into <c>name0</c>, <c>name1</c>, ...; null when there is none.
    /// An empty list is stored as an empty array of numbers.
    /// </summary>
    public IReadOnlyList<string>? TextsAttribute(string name)
    {
        if (Attributes.TryGetValue(name, out HdfValue? value))
        {
            return value.AsTexts() ?? (value.Dimensions is [0] ? [] : null);
        }

        var parts = new List<string>();
        for (int i = 0; Attributes.TryGetValue($"{name}{i}", out HdfValue? part) && part.AsTexts() is { } texts; i++)
        {
            parts.AddRange(texts);
        }

        return parts.Count == 0 ? null : parts;
    }
}
