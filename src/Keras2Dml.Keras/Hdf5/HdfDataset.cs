namespace Keras2Dml.Keras.Hdf5;

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
