using CsCheck;
using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class ReorganizationTests
{
    private static readonly double[,] X = { { 1, 2, 3 }, { 4, 5, 6 } };

    [Fact]
    public void Transposes_and_permutations_move_every_cell()
    {
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool).Sample((rows, a, b, c, single) =>
        {
            using var runner = new KernelRunner(2, single ? MatrixType.Single : MatrixType.Double);
            double[,] x = Cells.Random(rows, a);
            Cells.Same(Cells.Make(a, rows, (i, j) => x[j, i]), runner.First("t", x));
            double[,] y = Cells.Random(3, a * b * c);
            int[] sizes = [a, b, c];
            foreach (int[] order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
            {
                int second = sizes[order[1]], third = sizes[order[2]];
                double[,] expected = Cells.Make(3, a * b * c, (i, j) =>
                {
                    int[] at = new int[3];
                    at[order[0]] = j / (second * third);
                    at[order[1]] = j / third % second;
                    at[order[2]] = j % third;
                    return y[i, (at[0] * b + at[1]) * c + at[2]];
                });
                Cells.Same(expected, runner.First("permute", y, a, b, c, order[0] + 1, order[1] + 1, order[2] + 1));
            }
        }, iter: 20);
    }

    [Fact]
    public void Reshape_reads_rows_or_columns()
    {
        using var runner = new KernelRunner();
        Cells.Same(new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, runner.First("reshape", X, 3, 2, true));
        Cells.Same(new double[,] { { 1, 5 }, { 4, 3 }, { 2, 6 } }, runner.First("reshape", X, 3, 2, false));
    }

    [Fact]
    public void Ranges_are_read_and_assigned()
    {
        using var runner = new KernelRunner();
        Cells.Same(new double[,] { { 5, 6 } }, runner.First("index", X, 2, 2, 2, 3));
        Cells.Same(new double[,] { { 4, 5, 6 } }, runner.First("index", X, 2, 2, 0, 0));
        Cells.Same(new double[,] { { 2 }, { 5 } }, runner.First("index", X, 0, 0, 2, 2));
        Cells.Same(new double[,] { { 1, 2, 3 }, { 4, 9, 8 } }, runner.First("leftindex", X, new double[,] { { 9, 8 } }, 2, 2, 2, 3));
        Cells.Same(new double[,] { { 7, 2, 3 }, { 7, 5, 6 } }, runner.First("leftindex", X, 7.0, 0, 0, 1, 1));
        Assert.Throws<Keras2DmlException>(() => runner.First("index", X, 1, 3, 0, 0));
        Assert.Throws<Keras2DmlException>(() => runner.First("leftindex", X, X, 1, 1, 0, 0));
    }

    [Fact]
    public void Binding_joins_matrices_of_both_kinds()
    {
        using var runner = new KernelRunner(1, MatrixType.Single);
        Matrix other = runner.Matrix(new double[,] { { 7 }, { 8 } }, MatrixType.Double);
        Cells.Same(new double[,] { { 1, 2, 3, 7 }, { 4, 5, 6, 8 } }, runner.First("cbind", X, other));
        Cells.Same(new double[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 1, 2, 3 } }, runner.First("rbind", X, new double[,] { { 1, 2, 3 } }));
    }

    [Fact]
    public void Order_is_stable_and_sorts_by_several_columns()
    {
        using var runner = new KernelRunner();
        double[,] x = { { 2, 1 }, { 1, 5 }, { 2, 0 }, { 1, 5 }, { 3, 9 } };
        Cells.Same(new double[,] { { 2 }, { 4 }, { 1 }, { 3 }, { 5 } }, runner.First("order", x, 1, false, true));
        Cells.Same(new double[,] { { 5 }, { 1 }, { 3 }, { 2 }, { 4 } }, runner.First("order", x, 1, true, true));
        Cells.Same(new double[,] { { 2 }, { 4 }, { 3 }, { 1 }, { 5 } }, runner.First("order", x, new double[,] { { 1, 2 } }, false, true));
        Cells.Same(new double[,] { { 1, 5 }, { 1, 5 }, { 2, 1 }, { 2, 0 }, { 3, 9 } }, runner.First("order", x, 1, false, false));
    }

    [Fact]
    public void Tables_count_and_drop_what_lies_outside()
    {
        using var runner = new KernelRunner();
        double[,] a = { { 1 }, { 2 }, { 2 } }, b = { { 3 }, { 1 }, { 1 } };
        Cells.Same(new double[,] { { 0, 0, 1 }, { 2, 0, 0 } }, runner.First("table", a, b));
        Cells.Same(new double[,] { { 0, 0 }, { 2, 0 } }, runner.First("table", a, b, 2, 2));
        Cells.Same(new double[,] { { 0, 0, 5 }, { 13, 0, 0 } }, runner.First("table", a, b, new double[,] { { 5 }, { 6 }, { 7 } }));
        Assert.Throws<Keras2DmlException>(() => runner.First("table", new double[,] { { 0 } }, new double[,] { { 1 } }));
    }

    [Fact]
    public void Rows_are_removed_replaced_gathered_and_scattered()
    {
        using var runner = new KernelRunner();
        double[,] x = { { 0, 0, 0 }, { 1, 0, 2 }, { 0, 0, 0 } };
        Cells.Same(new double[,] { { 1, 0, 2 } }, runner.First("removeEmpty", x, "rows", true));
        Cells.Same(new double[,] { { 0, 0 }, { 1, 2 }, { 0, 0 } }, runner.First("removeEmpty", x, "cols", true));
        Cells.Same(new double[,] { { 0, 0, 0 } }, runner.First("removeEmpty", x, "rows", true, new double[,] { { 0 }, { 0 }, { 0 } }));
        Cells.Same(new double[,] { { 9, 2, 3 }, { 4, 5, 6 } }, runner.First("replace", X, 1.0, 9.0));
        Cells.Same(new double[,] { { 4, 5, 6 }, { 0, 0, 0 }, { 4, 5, 6 } }, runner.First("gather_rows", X, new double[,] { { 2 }, { 0 }, { 2 } }));
        Cells.Same(new double[,] { { 0, 0, 0 }, { 5, 7, 9 } }, runner.First("scatter_add_rows", X, new double[,] { { 2 }, { 2 } }, 2));
        Cells.Same(new double[,] { { 4, 5, 6 }, { 1, 2, 3 } }, runner.First("rev", X));
        Cells.Same(new double[,] { { 0, 1, 0 }, { 0, 0, 1 } }, runner.First("rexpand", new double[,] { { 2 }, { 3 } }, 3, "cols", true, true));
    }

    [Fact]
    public void Padding_surrounds_images_and_comes_off_again()
    {
        using var runner = new KernelRunner();
        double[,] images = { { 1, 2, 3, 4, 5, 6, 7, 8 } };
        double[,] padded = runner.First("pad2d", images, 2, 2, 2, 1, 0, 0, 1, -1.0);
        Cells.Same(new double[,] { { -1, -1, -1, 1, 2, -1, 3, 4, -1, -1, -1, -1, 5, 6, -1, 7, 8, -1 } }, padded);
        Cells.Same(images, runner.First("unpad2d", padded, 2, 2, 2, 1, 0, 0, 1));
    }

    [Fact]
    public void Sequences_count_in_both_directions()
    {
        using var runner = new KernelRunner();
        Cells.Same(new double[,] { { 5 }, { 3 }, { 1 } }, runner.First("seq", 5.0, 1.0, -2.0));
        Cells.Close(Cells.Make(11, 1, (i, _) => i * 0.1), runner.First("seq", 0.0, 1.0, 0.1), 1e-15);
    }
}
