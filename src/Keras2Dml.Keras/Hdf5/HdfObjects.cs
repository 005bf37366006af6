using System.Text;

namespace Keras2Dml.Keras.Hdf5;

/// <summary>Elements of an attribute or a dataset: type, sizes of the axes (null for a scalar), and the stored bytes.</summary>
/// <param name="Type">Element type.</param>
/// <param name="Dimensions">Sizes of the axes; null for a scalar.</param>
/// <param name="Bytes">Elements in row-major order; empty for variable-length elements.</param>
/// <param name="Items">Variable-length elements, each as its bytes; null for the other types.</param>
internal sealed record HdfValue(HdfType Type, IReadOnlyList<long>? Dimensions, ReadOnlyMemory<byte> Bytes, IReadOnlyList<ReadOnlyMemory<byte>>? Items = null)
{
    /// <summary>One text.</summary>
    public static HdfValue Text(string text, HdfType? type = null) => new(type ?? HdfType.Utf8, null, default, [Encoding.UTF8.GetBytes(text)]);

    /// <summary>A list of texts.</summary>
    public static HdfValue Texts(IReadOnlyList<string> texts, HdfType? type = null) =>
        new(type ?? HdfType.Utf8, [texts.Count], default, [.. texts.Select(t => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(t))]);

    /// <summary>The texts of text elements of either kind; null when the elements are no texts.</summary>
    public IReadOnlyList<string>? AsTexts()
    {
        if (Items is not null && Type.IsVariableText)
        {
            return [.. Items.Select(i => Decode(i.Span))];
        }

        if (Type.Class != HdfClass.Text || Type.Size == 0)
        {
            return null;
        }

        var result = new string[Bytes.Length / Type.Size];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Decode(Bytes.Span.Slice(i * Type.Size, Type.Size));
        }

        return result;
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\0');
}

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

/// <summary>A dataset. Its elements are read when first asked for.</summary>
internal sealed class HdfDataset : HdfObject
{
    private readonly Lazy<HdfValue> value;

    public HdfDataset(HdfValue value)
        : this(value.Type, value.Dimensions, () => value)
    {
    }

    public HdfDataset(HdfType type, IReadOnlyList<long>? dimensions, Func<HdfValue> read)
    {
        Type = type;
        Dimensions = dimensions ?? [];
        value = new Lazy<HdfValue>(read);
    }

    public HdfType Type { get; }

    /// <summary>Sizes of the axes; empty for a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The elements.</summary>
    /// <exception cref="Keras2DmlException">They are damaged or stored in an unsupported way.</exception>
    public HdfValue Value => value.Value;
}
