namespace Keras2Dml;

/// <summary>A variable of a model.</summary>
/// <param name="Path">Keras's path, for example <c>conv1/kernel</c>.</param>
/// <param name="Value">Value in Keras's order.</param>
public sealed record Weight(string Path, Tensor Value);
