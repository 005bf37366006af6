using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class CellChainTests
{
    [Fact]
    public void A_chain_equals_its_steps_one_by_one()
    {
        // ifelse(x * row + column > 0.5, sigmoid(x - s), -(s * s)) + max(column, s)
        var program = new CellProgram(4, [
            new CellStep("*", 0, 1, -1), new CellStep("+", 4, 2, -1), new CellStep(">", 5, 3, -1), new CellStep("-", 0, 3, -1), new CellStep("sigmoid", 7, -1, -1),
            new CellStep("*", 3, 3, -1), new CellStep("negate", 9, -1, -1), new CellStep("ifelse", 6, 8, 10), new CellStep("max", 2, 3, -1), new CellStep("+", 11, 12, -1),
        ]);
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (5, 3), (40, 1300), (300, 127)])
            {
                using var one = new KernelRunner(1, type);
                using var two = new KernelRunner(2, type);
                double[,] x = Cells.Random(rows, columns), row = Cells.Random(1, columns, 2), column = Cells.Random(rows, 1, 3);
                const double S = 0.5;
                double[,] expected = Cells.Make(rows, columns, (i, j) =>
                    (x[i, j] * row[0, j] + column[i, 0] > S ? 1 / (1 + Math.Exp(-(x[i, j] - S))) : -(S * S)) + Math.Max(column[i, 0], S));
                double[,] actual = one.RunProgram(program, 0, x, row, column, S);
                Cells.Close(expected, actual, type == MatrixType.Double ? 1e-14 : 1e-6);
                Cells.Same(actual, two.RunProgram(program, 15, x, row, column, S), "two threads, in place");
            }
        }
    }

    [Fact]
    public void A_momentum_update_runs_flat_and_in_place()
    {
        var program = new CellProgram(4, [new CellStep("*", 0, 2, -1), new CellStep("*", 1, 3, -1), new CellStep("-", 4, 5, -1)]);
        using var runner = new KernelRunner(2, MatrixType.Single);
        double[,] v = Cells.Random(300, 500), g = Cells.Random(300, 500, 2);
        double[,] expected = Cells.Make(300, 500, (i, j) => v[i, j] * 0.5 - g[i, j] * 0.25);
        long misses = runner.Pool.Misses;
        Cells.Close(expected, runner.RunProgram(program, 1, v, g, 0.5, 0.25), 1e-7);
        Assert.Equal(misses + 3, runner.Pool.Misses);
    }
}
