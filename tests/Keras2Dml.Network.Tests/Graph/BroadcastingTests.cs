using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Tests.Graph;

public sealed class BroadcastingTests
{
    [Theory]
    [InlineData(new[] { 3, 4 }, new[] { 3, 1 }, new[] { 3, 4 })]
    [InlineData(new[] { 1, 4 }, new[] { 3, 1 }, new[] { 3, 4 })]
    [InlineData(new[] { 3, 2, 4 }, new[] { 4 }, new[] { 3, 2, 4 })]
    [InlineData(new[] { -1, 4 }, new[] { 1, 4 }, new[] { -1, 4 })]
    [InlineData(new[] { -1, 4 }, new[] { 5, 4 }, new[] { 5, 4 })]
    public void Shapes_have_a_common_shape(int[] a, int[] b, int[] common)
    {
        Assert.Equal(new Shape(common), Broadcasting.Common(new Shape(a), new Shape(b)));
        Assert.Equal(new Shape(common), Broadcasting.Common(new Shape(b), new Shape(a)));
    }

    [Fact]
    public void Different_sizes_have_none() => Assert.Null(Broadcasting.Common(new Shape(3, 4), new Shape(2, 4)));

    [Theory]
    [InlineData(new[] { 3, 1 }, new[] { 3, 4 })]
    [InlineData(new[] { 1, 4 }, new[] { 3, 4 })]
    [InlineData(new[] { 4 }, new[] { 3, 2, 4 })]
    [InlineData(new[] { 1, 3, 1 }, new[] { 2, 3, 4 })]
    [InlineData(new[] { 1, 1, 1 }, new[] { 2, 3, 4 })]
    [InlineData(new[] { 2, 1, 1, 5 }, new[] { 2, 3, 4, 5 })]
    [InlineData(new[] { 1, 2, 1, 2 }, new[] { 3, 2, 3, 2 })]
    [InlineData(new[] { 2, 3 }, new[] { 2, 3 })]
    public void Tiles_repeat_cells_as_numpy_does(int[] from, int[] to)
    {
        var source = new Shape(from);
        var target = new Shape(to);
        int[] cells = [.. Enumerable.Range(0, source.Elements)];
        foreach (Broadcasting.Tile tile in Broadcasting.Tiles(source, target))
        {
            Assert.Equal(cells.Length, tile.Outer * tile.Inner);
            cells = [.. from o in Enumerable.Range(0, tile.Outer) from _ in Enumerable.Range(0, tile.Copies) from i in Enumerable.Range(0, tile.Inner) select cells[(o * tile.Inner) + i]];
        }

        Assert.Equal(Expected(from, to), cells);
    }

    private static IEnumerable<int> Expected(int[] from, int[] to)
    {
        int[] padded = [.. Enumerable.Repeat(1, to.Length - from.Length), .. from];
        for (int cell = 0; cell < to.Aggregate(1, (a, b) => a * b); cell++)
        {
            int index = 0;
            int rest = cell;
            var place = new int[to.Length];
            for (int axis = to.Length - 1; axis >= 0; axis--)
            {
                place[axis] = rest % to[axis];
                rest /= to[axis];
            }

            for (int axis = 0; axis < to.Length; axis++)
            {
                index = (index * padded[axis]) + (padded[axis] == 1 ? 0 : place[axis]);
            }

            yield return index;
        }
    }
}
