using CsCheck;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class LinearAlgebraTests
{
    [Fact]
    public void Decompositions_multiply_back()
    {
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 99]).Sample((n, seed) =>
        {
            using var runner = new KernelRunner();
            double[,] a = Cells.Random(n, n, seed), b = Cells.Random(n, 1, seed + 1);
            for (int i = 0; i < n; i++)
            {
                a[i, i] += 3 * n;
            }

            double[,] x = runner.First("solve", a, b);
            Cells.Close(b, Multiply(runner, a, x), 1e-12, "solve");
            Cells.Close(Identity(n), Multiply(runner, a, runner.First("inv", a)), 1e-12, "inv");
            double[][,] lu = runner.Run("lu", a);
            Cells.Close(Multiply(runner, lu[0], a), Multiply(runner, lu[1], lu[2]), 1e-12, "lu");
            double[,] symmetric = runner.First("matrixmultiply", a, a, true, false);
            double[,] l = runner.First("cholesky", symmetric);
            Cells.Close(symmetric, runner.First("matrixmultiply", l, l, false, true), 1e-12, "cholesky");
            double[][,] eigen = runner.Run("eigen", symmetric);
            Cells.Close(Multiply(runner, symmetric, eigen[1]), Cells.Make(n, n, (i, j) => eigen[1][i, j] * eigen[0][j, 0]), 1e-11, "eigen");
            double determinant = runner.First("det", a)[0, 0];
            Assert.Equal(determinant * determinant, runner.First("det", symmetric)[0, 0], Math.Abs(1e-10 * determinant * determinant));
            double[,] tall = Cells.Random(n + 4, n, seed + 2);
            foreach (double[,] m in (double[][,])[tall, runner.First("t", tall)])
            {
                double[][,] svd = runner.Run("svd", m);
                Cells.Close(m, runner.First("matrixmultiply", Multiply(runner, svd[0], svd[1]), svd[2], false, true), 1e-12, "svd");
            }
        }, iter: 30);
    }

    [Fact]
    public void Householder_vectors_have_the_scale_that_SystemDS_gives()
    {
        using var runner = new KernelRunner();
        double[][,] qr = runner.Run("qr", new double[,] { { 4, 2 }, { 7, 6 } });
        Cells.Close(new double[,] { { 1.4961389384, 0 }, { 0.8682431421, 2 } }, qr[0], 1e-9);
        Cells.Close(new double[,] { { -8.0622577483, -6.2017367295 }, { 0, -1.2403473459 } }, qr[1], 1e-9);
    }

    [Fact]
    public void Singular_and_indefinite_matrices_are_named()
    {
        using var runner = new KernelRunner();
        Assert.Throws<Keras2DmlException>(() => runner.First("inv", new double[,] { { 1, 2 }, { 2, 4 } }));
        Assert.Throws<Keras2DmlException>(() => runner.First("cholesky", new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Throws<Keras2DmlException>(() => runner.First("solve", Cells.Random(4, 2), Cells.Random(4, 1)));
        Assert.Equal(0, runner.First("det", new double[,] { { 1, 2 }, { 2, 4 } })[0, 0]);
    }

    private static double[,] Multiply(KernelRunner runner, double[,] a, double[,] b) => runner.First("matrixmultiply", a, b, false, false);

    private static double[,] Identity(int n) => Cells.Make(n, n, (i, j) => i == j ? 1 : 0);
}
