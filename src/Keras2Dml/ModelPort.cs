namespace Keras2Dml;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Keras's name.</param>
/// <param name="Shape">Shape without the batch axis; null for a size that is not known.</param>
/// <param name="ElementType">Type of the elements.</param>
public sealed record ModelPort(string Name, IReadOnlyList<int?> Shape, ElementType ElementType);
