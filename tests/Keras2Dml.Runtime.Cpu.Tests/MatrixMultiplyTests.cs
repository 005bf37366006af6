using System.Numerics;
using CsCheck;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu.Kernels;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class MatrixMultiplyTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 10, 3 }, { 64, 10, 512 }, { 64, 512, 784 }, { 15, 33, 17 }, { 65, 31, 200 }, { 300, 40, 7 }, { 7, 300, 1100 }, { 3, 5, 3000 }, { 129, 1, 50 }, { 200, 1, 300 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Product_equals_the_sum_of_products(int m, int n, int k)
    {
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            using var one = new KernelRunner(1, type);
            using var two = new KernelRunner(2, type);
            foreach ((bool ta, bool tb) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
            {
                double[,] a = ta ? Cells.Random(k, m) : Cells.Random(m, k), b = tb ? Cells.Random(n, k, 2) : Cells.Random(k, n, 2);
                double[,] expected = Reference(a, ta, b, tb, m, n, k);
                double[,] actual = one.First("matrixmultiply", a, b, ta, tb);
                Cells.Close(expected, actual, type == MatrixType.Double ? 1e-13 : 1e-5, $"{type} {ta} {tb}");
                Cells.Same(actual, two.First("matrixmultiply", a, b, ta, tb), "two threads");
            }
        }
    }

    [Fact]
    public void Random_shapes_agree_for_every_instruction_set()
    {
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 600], Gen.Bool, Gen.Bool).Sample((m, n, k, ta, tb) =>
        {
            Check<float>(m, n, k, ta, tb, 1e-5);
            Check<double>(m, n, k, ta, tb, 1e-13);
        }, iter: 60);
    }

    private static unsafe void Check<T>(int m, int n, int k, bool ta, bool tb, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var runner = new KernelRunner(2, sizeof(T) == 4 ? MatrixType.Single : MatrixType.Double);
        double[,] cellsA = ta ? Cells.Random(k, m) : Cells.Random(m, k), cellsB = tb ? Cells.Random(n, k, 2) : Cells.Random(k, n, 2);
        double[,] bias = Cells.Random(1, n, 3);
        double[,] expected = Reference(cellsA, ta, cellsB, tb, m, n, k);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                expected[i, j] = Math.Max(0, expected[i, j] + bias[0, j]);
            }
        }

        foreach (InstructionSet set in Enum.GetValues<InstructionSet>().Where(Processor.Has))
        {
            Matrix a = runner.Matrix(cellsA), b = runner.Matrix(cellsB), c = runner.Pool.Rent(m, n, runner.Type), d = runner.Matrix(bias);
            var operands = new GemmOperands<T>
            {
                M = m, N = n, K = k, A = (T*)a.Data, LdA = a.Columns, TransposedA = ta, B = (T*)b.Data, LdB = b.Columns, TransposedB = tb,
                C = (T*)c.Data, LdC = n, Bias = (T*)d.Data, Relu = true,
            };
            Gemm<T>.Run(operands, MicroKernelSet<T>.Of(set), runner.Pool, runner.Threads);
            Cells.Close(expected, Cells.Make(m, n, (i, j) => c[i, j]), tolerance, $"{set} {m}x{n}x{k} {ta} {tb}");
            a.Release();
            b.Release();
            c.Release();
            d.Release();
        }
    }

    private static double[,] Reference(double[,] a, bool ta, double[,] b, bool tb, int m, int n, int k) =>
        Cells.Make(m, n, (i, j) => Enumerable.Range(0, k).Sum(x => (ta ? a[x, i] : a[i, x]) * (tb ? b[j, x] : b[x, j])));
}
