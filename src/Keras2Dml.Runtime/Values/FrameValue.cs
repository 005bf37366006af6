namespace Keras2Dml.Runtime.Values;

/// <summary>A frame: columns of text, numbers or booleans with names. Immutable.</summary>
/// <param name="Columns">Cells of each column, as text.</param>
/// <param name="Names">Column names.</param>
/// <param name="Types">Value types: <c>STRING</c>, <c>FP64</c>, <c>INT64</c>, <c>BOOLEAN</c>.</param>
internal sealed record FrameValue(IReadOnlyList<string?[]> Columns, IReadOnlyList<string> Names, IReadOnlyList<string> Types)
{
    /// <summary>For metadata of a transformation: what stands for missing values, by column; it does not show in the cells.</summary>
    public IReadOnlyDictionary<int, string> Replacements { get; init; } = new Dictionary<int, string>();

    public int Rows => Columns.Count == 0 ? 0 : Columns[0].Length;
}
