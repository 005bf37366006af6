using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class CellOperatorTests
{
    private static readonly Dictionary<string, Func<double, double, double>> Binary = new()
    {
        ["+"] = (a, b) => a + b, ["-"] = (a, b) => a - b, ["*"] = (a, b) => a * b, ["/"] = (a, b) => a / b, ["^"] = Math.Pow,
        ["%%"] = (a, b) => a % b, ["%/%"] = (a, b) => Math.Truncate(a / b), ["min"] = Math.Min, ["max"] = Math.Max,
        ["<"] = (a, b) => a < b ? 1 : 0, ["<="] = (a, b) => a <= b ? 1 : 0, [">"] = (a, b) => a > b ? 1 : 0, [">="] = (a, b) => a >= b ? 1 : 0,
        ["=="] = (a, b) => a == b ? 1 : 0, ["!="] = (a, b) => a != b ? 1 : 0,
        ["&"] = (a, b) => a != 0 && b != 0 ? 1 : 0, ["|"] = (a, b) => a != 0 || b != 0 ? 1 : 0, ["xor"] = (a, b) => (a != 0) != (b != 0) ? 1 : 0,
        ["log_base"] = (a, b) => Math.Log(a) / Math.Log(b),
        ["bitwAnd"] = (a, b) => (int)a & (int)b, ["bitwOr"] = (a, b) => (int)a | (int)b, ["bitwXor"] = (a, b) => (int)a ^ (int)b,
        ["bitwShiftL"] = (a, b) => (int)a << (int)b is var shifted && shifted == int.MinValue ? double.NaN : shifted, ["bitwShiftR"] = (a, b) => (int)a >> (int)b,
    };

    private static readonly Dictionary<string, Func<double, double>> Unary = new()
    {
        ["abs"] = Math.Abs, ["sqrt"] = Math.Sqrt, ["exp"] = Math.Exp, ["log"] = Math.Log, ["floor"] = Math.Floor, ["ceiling"] = Math.Ceiling,
        ["round"] = x => double.IsNaN(x) ? 0 : Math.Clamp(Math.Floor(x + 0.5), long.MinValue, long.MaxValue), ["sign"] = x => double.IsNaN(x) ? x : Math.Sign(x), ["sin"] = Math.Sin, ["cos"] = Math.Cos, ["tan"] = Math.Tan,
        ["asin"] = Math.Asin, ["acos"] = Math.Acos, ["atan"] = Math.Atan, ["sinh"] = Math.Sinh, ["cosh"] = Math.Cosh, ["tanh"] = Math.Tanh,
        ["sigmoid"] = x => 1 / (1 + Math.Exp(-x)), ["negate"] = x => -x, ["!"] = x => x == 0 ? 1 : 0,
        ["is.na"] = x => double.IsNaN(x) ? 1 : 0, ["is.nan"] = x => double.IsNaN(x) ? 1 : 0, ["is.infinite"] = x => double.IsInfinity(x) ? 1 : 0,
    };

    public static TheoryData<string> BinaryNames => [.. Binary.Keys];

    public static TheoryData<string> UnaryNames => [.. Unary.Keys];

    [Theory]
    [MemberData(nameof(BinaryNames))]
    public void Binary_operators_broadcast_vectors_and_scalars(string name)
    {
        Func<double, double, double> f = Binary[name];
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            using var runner = new KernelRunner(2, type);
            foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (3, 5), (7, 33), (260, 301)])
            {
                double[,] x = Special(rows, columns), y = Cells.Random(rows, columns, 2), row = Cells.Random(1, columns, 3), column = Cells.Random(rows, 1, 4);
                double tolerance = type == MatrixType.Double ? 1e-14 : 1e-6;
                Compare(f, runner, name, x, y, (a, i, j) => a[i, j], (b, i, j) => b[i, j], tolerance, rows, columns);
                Compare(f, runner, name, x, row, (a, i, j) => a[i, j], (b, i, j) => b[0, j], tolerance, rows, columns);
                Compare(f, runner, name, x, column, (a, i, j) => a[i, j], (b, i, j) => b[i, 0], tolerance, rows, columns);
                Compare(f, runner, name, column, row, (a, i, j) => a[i, 0], (b, i, j) => b[0, j], tolerance, rows, columns);
                Cells.Close(Rounded(Cells.Make(rows, columns, (i, j) => f(x[i, j], 1.5)), type), runner.First(name, x, 1.5), tolerance, name + " scalar");
                Cells.Close(Rounded(Cells.Make(rows, columns, (i, j) => f(1.5, y[i, j])), type), runner.First(name, 1.5, y), tolerance, name + " scalar first");
            }
        }
    }

    [Theory]
    [MemberData(nameof(UnaryNames))]
    public void Unary_operators_apply_to_every_cell(string name)
    {
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            using var runner = new KernelRunner(2, type);
            foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (3, 5), (130, 301)])
            {
                double[,] x = Special(rows, columns);
                Cells.Close(Rounded(Cells.Make(rows, columns, (i, j) => Unary[name](x[i, j])), type), runner.First(name, x), type == MatrixType.Double ? 1e-14 : 1e-6, name);
            }
        }
    }

    [Fact]
    public void Small_arguments_of_tanh_keep_their_relative_accuracy()
    {
        using var runner = new KernelRunner(1, MatrixType.Single);
        double[,] x = { { 1e-3, 1e-5, 0.009, 0.011, -1e-3, 1e-8 } };
        double[,] y = runner.First("tanh", x);
        for (int j = 0; j < 6; j++)
        {
            float v = (float)x[0, j];
            Assert.InRange(Math.Abs(y[0, j] - Math.Tanh(v)) / Math.Abs(Math.Tanh(v)), 0, 6e-8);
        }
    }

    [Fact]
    public void A_dying_operand_gives_its_memory_to_the_result()
    {
        using var runner = new KernelRunner();
        double[,] x = Cells.Random(50, 40), y = Cells.Random(50, 40, 2);
        for (ulong dying = 0; dying < 4; dying++)
        {
            Cells.Same(Cells.Make(50, 40, (i, j) => x[i, j] - y[i, j]), runner.Run("-", dying, [x, y])[0]);
        }

        long misses = runner.Pool.Misses;
        Matrix a = runner.Matrix(x), b = runner.Matrix(y);
        Cells.Same(Cells.Make(50, 40, (i, j) => x[i, j] * y[i, j]), runner.Run("*", 3, [a, b])[0]);
        Assert.Equal(misses, runner.Pool.Misses);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        using var runner = new KernelRunner();
        Keras2DmlException error = Assert.Throws<Keras2DmlException>(() => runner.First("+", Cells.Random(2, 3), Cells.Random(3, 2)));
        Assert.Contains("2 x 3 and 3 x 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ifelse_chooses_cell_by_cell()
    {
        using var runner = new KernelRunner();
        double[,] c = { { 0, 1, 2 } }, yes = { { 10, 11, 12 } };
        Cells.Same(new double[,] { { -1, 11, 12 } }, runner.First("ifelse", c, yes, -1.0));
        Cells.Same(yes, runner.First("ifelse", true, yes, -1.0));
        Cells.Same(new double[,] { { 5, 6, 6 } }, runner.First("ifelse", c, 6.0, 5.0));
    }

    private static double[,] Special(int rows, int columns)
    {
        double[] special = [0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1, -1, 2.5, -2.5, 0.5];
        double[,] x = Cells.Random(rows, columns);
        return Cells.Make(rows, columns, (i, j) => (i * columns + j) % 3 == 0 ? special[(i * columns + j) / 3 % special.Length] : x[i, j]);
    }

    private static double[,] Rounded(double[,] x, MatrixType type) =>
        type == MatrixType.Double ? x : Cells.Make(x.GetLength(0), x.GetLength(1), (i, j) => (float)x[i, j]);

    private static void Compare(
        Func<double, double, double> f, KernelRunner runner, string name, double[,] a, double[,] b,
        Func<double[,], int, int, double> left, Func<double[,], int, int, double> right, double tolerance, int rows, int columns) =>
        Cells.Close(Rounded(Cells.Make(rows, columns, (i, j) => f(left(a, i, j), right(b, i, j))), runner.Type), runner.First(name, a, b), tolerance, name);
}
