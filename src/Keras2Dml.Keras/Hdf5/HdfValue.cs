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
