using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training;

/// <summary>What an optimizer knows of a variable that it trains.</summary>
/// <param name="Path">Keras's path: <c>dense/kernel</c>.</param>
/// <param name="Shape">Keras's shape.</param>
/// <param name="Storage">How it lies in its DML matrix.</param>
internal sealed record OptimizedVariable(string Path, IReadOnlyList<int> Shape, MatrixStorage Storage)
{
    /// <summary>A variable of a model.</summary>
    public static OptimizedVariable Of(ModelParameter parameter) => new(parameter.Path, parameter.Spec.Shape, parameter.Spec.Storage);

    /// <summary>Keras's name: the last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public int Rank => Shape.Count;

    /// <summary>An axis (of Keras's, counted from the end if negative) in the variable's matrix: the sizes before it, its own, and after it.</summary>
    public AxisToLast Axis(int axis) => Place(Storage.Permutation, axis < 0 ? axis + Rank : axis);

    /// <summary>An axis in the matrix of what is left of the variable without another one.</summary>
    public AxisToLast AxisWithout(int axis, int without) => Place([.. Storage.Permutation.Where(a => a != without + Rank)], axis + Rank);

    /// <summary>How the variable without one axis (counted from the end) lies in one row, its other axes in the order of the variable's matrix.</summary>
    public (IReadOnlyList<int> Shape, MatrixStorage Storage) Without(int axis)
    {
        int dropped = axis + Rank;
        int[] shape = [.. Shape.Where((_, i) => i != dropped)];
        int[] order = [.. Storage.Permutation.Where(a => a != dropped).Select(a => a > dropped ? a - 1 : a)];
        return (shape, new MatrixStorage(order, 1, shape.Aggregate(1, (a, b) => a * b)));
    }

    private AxisToLast Place(IReadOnlyList<int> order, int axis)
    {
        int place = order.ToList().IndexOf(axis);
        return new AxisToLast(order.Take(place).Aggregate(1, (n, a) => n * Shape[a]), Shape[axis], order.Skip(place + 1).Aggregate(1, (n, a) => n * Shape[a]));
    }
}
