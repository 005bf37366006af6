namespace Keras2Dml.Network.Graph;

/// <summary>Neighbouring axes of a shape as the middle one of three: rows lie as (outer, size, inner).</summary>
/// <param name="Outer">Product of the axes before.</param>
/// <param name="Size">Product of the axes themselves.</param>
/// <param name="Inner">Product of the axes after.</param>
internal readonly record struct AxisGroup(int Outer, int Size, int Inner)
{
    /// <summary>The group of axes of a shape.</summary>
    /// <param name="shape">Known shape without the batch axis.</param>
    /// <param name="axes">Axes in Keras's count, where 0 is the batch; negative ones count from the end.</param>
    /// <returns>The group; null when the axes are not neighbours or the batch axis is among them.</returns>
    public static AxisGroup? Of(Shape shape, IEnumerable<int> axes)
    {
        int[] sorted = [.. axes.Select(a => WithoutBatch(shape, a)).Distinct().Order()];
        if (sorted.Length == 0 || sorted[0] < 0 || sorted[^1] >= shape.Rank || sorted[^1] - sorted[0] != sorted.Length - 1)
        {
            return null;
        }

        ReadOnlySpan<int> sizes = shape.Sizes;
        return new AxisGroup(Product(sizes[..sorted[0]]), Product(sizes[sorted[0]..(sorted[^1] + 1)]), Product(sizes[(sorted[^1] + 1)..]));
    }

    /// <summary>An axis in Keras's count (0 is the batch) as an index into <see cref="Shape"/>; -1 for the batch axis.</summary>
    public static int WithoutBatch(Shape shape, int axis) => (axis < 0 ? axis + shape.Rank + 1 : axis) - 1;

    /// <summary>Product of sizes; 1 for none.</summary>
    public static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
        {
            product = checked(product * size);
        }

        return product;
    }
}
