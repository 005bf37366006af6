using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Steps;

/// <summary>Any new order of axes as a chain of exchanges of neighbouring groups of axes.</summary>
internal static class AxisOrder
{
    /// <summary>The steps that bring axes into an order.</summary>
    /// <param name="shape">Shape before, without the batch.</param>
    /// <param name="order">For each place the axis that comes there, counted from 0 without the batch.</param>
    public static LayerMeaning Meaning(Shape shape, IReadOnlyList<int> order)
    {
        List<int> current = [.. Enumerable.Range(0, shape.Rank)];
        var swaps = new List<SwapAxes>();
        for (int place = 0; place < order.Count; place++)
        {
            int from = current.IndexOf(order[place]);
            if (from == place)
            {
                continue;
            }

            // Axes that follow each other in the new order as well move together.
            int end = from + 1;
            while (end < current.Count && place + end - from < order.Count && order[place + end - from] == current[end])
            {
                end++;
            }

            int Size(int start, int stop) => current.GetRange(start, stop - start).Aggregate(1, (product, axis) => checked(product * shape[axis]));
            (int outer, int a, int b, int inner) = (Size(0, place), Size(place, from), Size(from, end), Size(end, current.Count));
            List<int> moved = current.GetRange(from, end - from);
            current.RemoveRange(from, end - from);
            current.InsertRange(place, moved);
            swaps.Add(new SwapAxes(outer, a, b, inner, new Shape([.. current.Select(axis => shape[axis])])));
        }

        return swaps.Count == 0 ? new PassThrough() : new Expansion(builder =>
        {
            ExpansionTensor tensor = builder.Input();
            foreach (SwapAxes swap in swaps)
            {
                tensor = builder.Apply(swap, tensor)[0];
            }

            return [tensor];
        });
    }
}
