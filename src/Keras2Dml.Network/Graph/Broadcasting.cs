namespace Keras2Dml.Network.Graph;

/// <summary>How a tensor is repeated to a larger shape: numpy's rules for axes of size 1.</summary>
internal static class Broadcasting
{
    /// <summary>One repetition along neighbouring axes: rows lie as (outer, inner) before, as (outer, copies, inner) after.</summary>
    internal readonly record struct Tile(int Outer, int Copies, int Inner);

    /// <summary>The common shape of tensors; null when an axis has two different sizes above 1.</summary>
    /// <remarks>Keras gives shapes of smaller rank axes of size 1 in front (after the batch axis).</remarks>
    public static Shape? Common(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] x = Padded(a, rank);
        int[] y = Padded(b, rank);
        var sizes = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            if (x[i] == y[i] || y[i] == 1)
            {
                sizes[i] = x[i];
            }
            else if (x[i] == 1 || x[i] == Shape.Unknown)
            {
                sizes[i] = y[i];
            }
            else if (y[i] == Shape.Unknown)
            {
                sizes[i] = x[i];
            }
            else
            {
                return null;
            }
        }

        return new Shape(sizes);
    }

    /// <summary>Repetitions, to be made in order, that take a known shape to a larger known one.</summary>
    public static IReadOnlyList<Tile> Tiles(Shape from, Shape to)
    {
        int[] current = Padded(from, to.Rank);
        ReadOnlySpan<int> target = to.Sizes;
        var tiles = new List<Tile>();
        for (int end = to.Rank; end > 0; end--)
        {
            if (current[end - 1] == target[end - 1])
            {
                continue;
            }

            int start = end - 1;
            while (start > 0 && current[start - 1] == 1)
            {
                start--;
            }

            int inner = AxisGroup.Product(target[end..]);
            int copies = AxisGroup.Product(target[start..end]);
            tiles.Add(new Tile(AxisGroup.Product(current.AsSpan(0, start)), copies, inner));
            target[start..end].CopyTo(current.AsSpan(start));
            end = start + 1;
        }

        return tiles;
    }

    private static int[] Padded(Shape shape, int rank) => [.. Enumerable.Repeat(1, rank - shape.Rank), .. shape.Sizes];
}
