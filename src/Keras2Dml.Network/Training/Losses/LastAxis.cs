using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Value functions that reduce one axis of the prediction.</summary>
internal static class LastAxis
{
    /// <summary>A function over the last axis: <c>forward(pred, y, K)</c> with K its size, and further constants.</summary>
    public static ValueFunction Mean(string file, ValueContext context, params IReadOnlyList<Operand> constants) => Over(file, context, -1, constants);

    /// <summary>A function over an axis of the prediction (with the batch axis counted, as in Keras), brought to the end when it is another.</summary>
    public static ValueFunction Over(string file, ValueContext context, int axis, params IReadOnlyList<Operand> constants)
    {
        Shape shape = context.Prediction;
        if (shape.Rank == 0)
        {
            // One value per row: Keras reduces the axis of size 1 that it adds to match ranks.
            return new ValueFunction { File = file, Constants = [Operand.Int(1), .. constants], Positions = 1 };
        }

        int index = axis < 0 ? axis + shape.Rank : axis - 1;
        int size = shape[index];
        int outer = Product(shape.Sizes[..index]);
        int inner = Product(shape.Sizes[(index + 1)..]);
        return new ValueFunction
        {
            File = file,
            Constants = [Operand.Int(size), .. constants],
            Positions = outer * inner,
            Axis = inner == 1 ? null : new AxisToLast(outer, size, inner),
        };
    }

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
        {
            product *= size;
        }

        return product;
    }
}
