using Keras2Dml.Core.Errors;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Value functions that reduce one axis of the prediction.</summary>
internal static class LastAxis
{
    /// <summary>A function over the last axis: <c>forward(pred, y, K)</c> with K its size, and further constants.</summary>
    public static ValueFunction Mean(string file, ValueContext context, params IReadOnlyList<Operand> constants) => Over(file, context, [-1], constants);

    /// <summary>A function over neighbouring axes of the prediction (with the batch axis counted, as in Keras), brought to the end when they are not the last.</summary>
    public static ValueFunction Over(string file, ValueContext context, int[] axes, params IReadOnlyList<Operand> constants)
    {
        Shape shape = context.Prediction;
        if (shape.Rank == 0)
        {
            // One value per row: Keras reduces the axis of size 1 that it adds to match ranks.
            return new ValueFunction { File = file, Constants = [Operand.Int(1), .. constants], Positions = 1 };
        }

        int[] sorted = [.. axes.Select(a => a < 0 ? a + shape.Rank : a - 1).Order()];
        if (sorted[0] < 0 || sorted[^1] >= shape.Rank || sorted[^1] - sorted[0] != sorted.Length - 1)
        {
            throw TrainingErrors.LossAxes.With(context.Config.ClassName, string.Join(", ", axes), shape);
        }

        int size = Product(shape.Sizes[sorted[0]..(sorted[^1] + 1)]);
        int outer = Product(shape.Sizes[..sorted[0]]);
        int inner = Product(shape.Sizes[(sorted[^1] + 1)..]);
        return new ValueFunction
        {
            File = file,
            Constants = [Operand.Int(size), .. constants],
            Positions = outer * inner,
            Axis = inner == 1 ? null : new AxisToLast(outer, size, inner),
        };
    }

    /// <summary>
    /// A function over any axes, the batch axis (0) among them or null for all: then it gives one row of values for the whole batch, by <c>forward_batch</c> and <c>backward_batch</c>.
    /// </summary>
    public static ValueFunction OverAny(string file, ValueContext context, int[]? axes, params IReadOnlyList<Operand> constants)
    {
        int rank = context.Prediction.Rank;
        int[] all = axes is null ? [.. Enumerable.Range(0, rank + 1)] : [.. axes.Select(a => a < 0 ? a + rank + 1 : a).Distinct()];
        if (!all.Contains(0))
        {
            return Over(file, context, all, constants);
        }

        int[] rest = [.. all.Where(a => a != 0)];
        ValueFunction function = rest.Length == 0
            ? new ValueFunction { File = file, Constants = [Operand.Int(1), .. constants], Positions = context.Prediction.Elements }
            : Over(file, context, rest, constants);
        return function with { ForwardName = "forward_batch", BackwardName = "backward_batch", IsPerBatch = true };
    }

    /// <summary>Size of the prediction's last axis: what Keras divides a label smoothing by, whatever the axis of the classes.</summary>
    public static Operand Size(ValueContext context) => Operand.Int(context.Prediction.Rank == 0 ? 1 : context.Prediction[context.Prediction.Rank - 1]);

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
