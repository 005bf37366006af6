using CsCheck;
using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class PoolingTests
{
    [Fact]
    public void Pooling_and_gradients_equal_the_definition()
    {
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 50], Gen.Int[1, 70], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, 999]).Sample((n, c, h, w, r, t, z) =>
        {
            bool halving = z % 2 == 0;
            int stride = halving ? 2 : 1 + z % 3, pad = halving ? 0 : z / 3 % 2;
            r = halving ? 2 : r;
            t = halving ? 2 : t;
            if (h + 2 * pad < r || w + 2 * pad < t)
            {
                return;
            }

            Check(n, c, h, w, r, t, stride, pad, z % 5 == 0);
        }, iter: 80);
    }

    [Fact]
    public void First_of_equal_maxima_takes_the_gradient_and_NaN_none()
    {
        using var runner = new KernelRunner();
        double[,] x = { { 1, 1, double.NaN, 0, 1, 1, 2, double.NaN } };
        double[,] dx = runner.First("max_pool_backward", x, new double[,] { { 5, 7 } }, 1, 2, 4, 2, 2, 2, 2, 0, 0, 0, 0);
        Cells.Same(new double[,] { { 5, 0, 0, 0, 0, 0, 7, 0 } }, dx);
    }

    [Fact]
    public void A_window_without_a_positive_cell_passes_no_gradient_through_ReLU()
    {
        foreach (int width in (int[])[2, 8, 16, 20, 40])
        {
            using var runner = new KernelRunner(1, MatrixType.Single);
            double[,] x = Cells.Make(1, 4 * width, (_, j) => Math.Max(0, Cells.Random(1, 4 * width)[0, j])), g = Cells.Random(1, width, 2);
            double[,] dx = runner.First("relu_max_pool_backward", x, g, 1, 2, 2 * width, 2, 2, 2, 2, 0, 0, 0, 0);
            double[,] plain = runner.First("max_pool_backward", x, g, 1, 2, 2 * width, 2, 2, 2, 2, 0, 0, 0, 0);
            Cells.Same(Cells.Make(1, 4 * width, (_, j) => x[0, j] > 0 ? plain[0, j] : 0), dx);
        }
    }

    private static void Check(int n, int c, int h, int w, int r, int t, int stride, int pad, bool ties)
    {
        int p = (h + 2 * pad - r) / stride + 1, q = (w + 2 * pad - t) / stride + 1;
        double[,] x = Cells.Random(n, c * h * w), g = Cells.Random(n, c * p * q, 2);
        if (ties)
        {
            x = Cells.Make(n, c * h * w, (i, j) => Math.Max(0, Math.Sign(x[i, j])));
        }

        var max = new double[n, c * p * q];
        var average = new double[n, c * p * q];
        var counted = new double[n, c * p * q];
        var dmax = new double[n, c * h * w];
        var daverage = new double[n, c * h * w];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < c * p * q; k++)
            {
                int channel = k / (p * q), y0 = k / q % p * stride - pad, x0 = k % q * stride - pad, best = -1, cells = 0;
                double sum = 0;
                for (int y = Math.Max(0, y0); y < Math.Min(h, y0 + r); y++)
                {
                    for (int z = Math.Max(0, x0); z < Math.Min(w, x0 + t); z++)
                    {
                        int at = (channel * h + y) * w + z;
                        best = best < 0 || x[i, at] > x[i, best] ? at : best;
                        sum += x[i, at];
                        daverage[i, at] += g[i, k] / (r * t);
                        cells++;
                    }
                }

                max[i, k] = best < 0 ? double.MinValue : x[i, best];
                average[i, k] = sum / (r * t);
                counted[i, k] = sum / Math.Max(1, cells);
                if (best >= 0)
                {
                    dmax[i, best] += g[i, k];
                }
            }
        }

        object[] sizes = [c, h, w, r, t, stride, stride, pad, pad, pad, pad];
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            using var runner = new KernelRunner(2, type);
            double tolerance = type == MatrixType.Double ? 1e-14 : 1e-6;
            if (max.Cast<double>().All(v => v > double.MinValue))
            {
                Cells.Same(max, runner.First("max_pool", [x, .. sizes]), "max");
            }

            Cells.Close(dmax, runner.First("max_pool_backward", [x, g, .. sizes]), tolerance, "max backward");
            Cells.Close(average, runner.First("avg_pool", [x, .. sizes, true]), tolerance, "average");
            Cells.Close(counted, runner.First("avg_pool", [x, .. sizes, false]), tolerance, "average of cells");
            Cells.Close(daverage, runner.First("avg_pool_backward", [x, g, .. sizes, true]), tolerance, "average backward");
        }
    }
}
