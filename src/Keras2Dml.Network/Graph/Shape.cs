namespace Keras2Dml.Network.Graph;

/// <summary>Shape of a tensor without the batch axis; an unknown size is <see cref="Unknown"/>.</summary>
internal sealed class Shape(params int[] sizes) : IEquatable<Shape>
{
    /// <summary>Stands for a size that only the data tell (None in Keras).</summary>
    public const int Unknown = -1;

    private readonly int[] sizes = sizes;

    public int Rank => sizes.Length;

    public bool IsKnown => Array.TrueForAll(sizes, s => s >= 0);

    /// <summary>Number of elements per row of the batch.</summary>
    /// <exception cref="InvalidOperationException">A size is unknown.</exception>
    public int Elements => IsKnown ? sizes.Aggregate(1, (a, b) => checked(a * b)) : throw new InvalidOperationException($"The shape {this} has unknown sizes.");

    /// <summary>Size of an axis; negative numbers count from the end.</summary>
    public int this[int axis] => sizes[axis < 0 ? axis + sizes.Length : axis];

    public ReadOnlySpan<int> Sizes => sizes;

    public bool Equals(Shape? other) => other is not null && sizes.AsSpan().SequenceEqual(other.sizes);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => sizes.Aggregate(17, HashCode.Combine);

    /// <summary>As Keras prints it, with the batch axis: <c>(None, 8, 8, 1)</c>.</summary>
    public override string ToString() =>
        "(None" + string.Concat(sizes.Select(s => s < 0 ? ", None" : $", {s}")) + (sizes.Length == 0 ? ",)" : ")");
}

/// <summary>Element type and shape of a tensor in the graph.</summary>
internal sealed record TensorSpec(ElementType Type, Shape Shape);
