using System.Numerics;
using CsCheck;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu.Kernels;
using Keras2Dml.Runtime.Cpu.Kernels.Convolution;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class ConvolutionTests
{
    private static readonly Gen<ConvolutionShape> Shapes =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[0, 9999], Gen.Int[0, 9999]).Select((n, c, h, w, k, x, y) =>
        {
            int groups = x % 5 == 0 ? 2 : 1;
            var s = new ConvolutionShape
            {
                N = n, C = c * groups, H = h, W = w, K = k * groups, R = 1 + x % 5, S = 1 + x / 5 % 5, Groups = groups,
                StrideH = y % 3 == 0 ? 2 : 1, StrideW = y % 3 == 0 ? 1 + x % 3 : 1, DilationH = y % 4 == 0 ? 2 : 1, DilationW = y % 5 == 0 ? 3 : 1,
                Top = y / 7 % 4, Bottom = y / 11 % 3, Left = y / 13 % 4, Right = y / 17 % 3,
            };
            return s;
        }).Where(s => s.P > 0 && s.Q > 0);

    [Fact]
    public void Forward_and_gradients_equal_the_definition_for_every_instruction_set()
    {
        Shapes.Sample(s =>
        {
            Check<float>(s, 2e-5);
            Check<double>(s, 1e-12);
        }, iter: 60);
    }

    [Fact]
    public void Large_images_and_many_filters_are_cut_into_blocks()
    {
        Check<float>(new ConvolutionShape { N = 9, C = 32, H = 14, W = 14, K = 64, R = 5, S = 5, StrideH = 1, StrideW = 1, DilationH = 1, DilationW = 1, Groups = 1, Top = 2, Bottom = 2, Left = 2, Right = 2 }, 2e-5);
    }

    private static unsafe void Check<T>(ConvolutionShape s, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixType type = sizeof(T) == 4 ? MatrixType.Single : MatrixType.Double;
        double[,] x = Cells.Random(s.N, s.C * s.H * s.W), f = Cells.Random(s.K, s.FilterLength, 2), g = Cells.Random(s.N, s.K * s.P * s.Q, 3);
        (double[,] y, double[,] dx, double[,] df) = Reference(s, x, f, g);
        string what = $"N{s.N} C{s.C} {s.H}x{s.W} K{s.K} {s.R}x{s.S} stride {s.StrideH},{s.StrideW} dilation {s.DilationH},{s.DilationW} pad {s.Top},{s.Bottom},{s.Left},{s.Right} groups {s.Groups}";
        using var runner = new KernelRunner(2, type);
        foreach (InstructionSet set in Enum.GetValues<InstructionSet>().Where(Processor.Has))
        {
            MicroKernelSet<T> kernels = MicroKernelSet<T>.Of(set);
            Matrix mx = runner.Matrix(x), mf = runner.Matrix(f), mg = runner.Matrix(g);
            Matrix my = runner.Pool.Rent(s.N, s.K * s.P * s.Q, type), mdx = runner.Pool.Rent(s.N, s.C * s.H * s.W, type), mdf = runner.Pool.Rent(s.K, s.FilterLength, type);
            ConvolutionForward<T>.Run(s, (T*)mx.Data, (T*)mf.Data, null, false, (T*)my.Data, kernels, runner.Pool, runner.Threads);
            ConvolutionBackwardData<T>.Run(s, (T*)mf.Data, (T*)mg.Data, (T*)mdx.Data, kernels, runner.Pool, runner.Threads);
            ConvolutionBackwardFilter<T>.Run(s, (T*)mx.Data, (T*)mg.Data, (T*)mdf.Data, kernels, runner.Pool, runner.Threads);
            Cells.Close(y, Cells.Make(my.Rows, my.Columns, (i, j) => my[i, j]), tolerance, $"{set} forward {what}");
            Cells.Close(dx, Cells.Make(mdx.Rows, mdx.Columns, (i, j) => mdx[i, j]), tolerance, $"{set} backward data {what}");
            Cells.Close(df, Cells.Make(mdf.Rows, mdf.Columns, (i, j) => mdf[i, j]), tolerance, $"{set} backward filter {what}");
            foreach (Matrix m in (Matrix[])[mx, mf, mg, my, mdx, mdf])
            {
                m.Release();
            }

            Assert.Equal(0, runner.Pool.UsedBytes);
        }

        double[,] bias = Cells.Random(s.K, 1, 4);
        double[,] biased = Cells.Make(s.N, s.K * s.P * s.Q, (i, j) => y[i, j] + bias[j / (s.P * s.Q), 0]);
        object[] sizes = [s.C, s.H, s.W, s.K, s.R, s.S, s.StrideH, s.StrideW, s.Top, s.Bottom, s.Left, s.Right, s.DilationH, s.DilationW, s.Groups];
        using var one = new KernelRunner(1, type);
        Cells.Close(biased, one.First("conv2d_bias", [x, f, .. sizes, bias]), tolerance, "with bias");
        Cells.Close(Cells.Make(s.N, s.K * s.P * s.Q, (i, j) => Math.Max(0, biased[i, j])), one.First("conv2d_bias_relu", [x, f, .. sizes, bias]), tolerance, "with bias and ReLU");
        Cells.Same(one.First("conv2d", [x, f, .. sizes]), runner.First("conv2d", [x, f, .. sizes]), "two threads");
        Cells.Same(one.First("conv2d_backward_data", [f, g, .. sizes]), runner.First("conv2d_backward_data", [f, g, .. sizes]), "two threads");
        Cells.Same(one.First("conv2d_backward_filter", [x, g, .. sizes]), runner.First("conv2d_backward_filter", [x, g, .. sizes]), "two threads");
    }

    private static (double[,] Y, double[,] Dx, double[,] Df) Reference(ConvolutionShape s, double[,] x, double[,] f, double[,] g)
    {
        var y = new double[s.N, s.K * s.P * s.Q];
        var dx = new double[s.N, s.C * s.H * s.W];
        var df = new double[s.K, s.FilterLength];
        int channels = s.C / s.Groups, filters = s.K / s.Groups;
        for (int n = 0; n < s.N; n++)
        {
            for (int k = 0; k < s.K; k++)
            {
                for (int p = 0; p < s.P; p++)
                {
                    for (int q = 0; q < s.Q; q++)
                    {
                        int cell = (k * s.P + p) * s.Q + q;
                        for (int c = 0; c < channels; c++)
                        {
                            for (int r = 0; r < s.R; r++)
                            {
                                for (int t = 0; t < s.S; t++)
                                {
                                    int row = p * s.StrideH - s.Top + r * s.DilationH, column = q * s.StrideW - s.Left + t * s.DilationW;
                                    if (row < 0 || row >= s.H || column < 0 || column >= s.W)
                                    {
                                        continue;
                                    }

                                    int from = ((k / filters * channels + c) * s.H + row) * s.W + column, weight = (c * s.R + r) * s.S + t;
                                    y[n, cell] += x[n, from] * f[k, weight];
                                    dx[n, from] += g[n, cell] * f[k, weight];
                                    df[k, weight] += g[n, cell] * x[n, from];
                                }
                            }
                        }
                    }
                }
            }
        }

        return (y, dx, df);
    }
}
