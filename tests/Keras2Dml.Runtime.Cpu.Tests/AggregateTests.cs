using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Tests;

public class AggregateTests
{
    private static readonly Dictionary<string, Func<double[], double>> Folds = new()
    {
        ["sum"] = x => x.Sum(), ["mean"] = x => x.Average(), ["min"] = x => x.Aggregate(double.PositiveInfinity, Math.Min), ["max"] = x => x.Aggregate(double.NegativeInfinity, Math.Max),
        ["prod"] = x => x.Aggregate(1.0, (a, b) => a * b), ["var"] = Variance, ["sd"] = x => Math.Sqrt(Variance(x)),
    };

    private static readonly Dictionary<string, (string All, string Rows, string Columns)> Names = new()
    {
        ["sum"] = ("sum", "rowSums", "colSums"), ["mean"] = ("mean", "rowMeans", "colMeans"), ["min"] = ("minimum", "rowMins", "colMins"), ["max"] = ("maximum", "rowMaxs", "colMaxs"),
        ["prod"] = ("prod", "rowProds", "colProds"), ["var"] = ("var", "rowVars", "colVars"), ["sd"] = ("sd", "rowSds", "colSds"),
    };

    public static TheoryData<string> FoldNames => [.. Folds.Keys];

    [Theory]
    [MemberData(nameof(FoldNames))]
    public void Folds_equal_their_definition(string name)
    {
        Func<double[], double> fold = Folds[name];
        foreach (MatrixType type in (MatrixType[])[MatrixType.Double, MatrixType.Single])
        {
            using var one = new KernelRunner(1, type);
            using var two = new KernelRunner(2, type);
            foreach ((int rows, int columns) in ((int, int)[])[(1, 1), (2, 3), (65, 130), (400, 301)])
            {
                double[,] x = Cells.Random(rows, columns);
                double tolerance = type == MatrixType.Double ? 1e-12 : 1e-5;
                (string all, string byRow, string byColumn) = Names[name];
                double[,] total = one.First(all, x);
                Cells.Close(new double[,] { { fold([.. x.Cast<double>()]) } }, total, tolerance, all);
                Cells.Same(total, two.First(all, x), "two threads");
                Cells.Close(Cells.Make(rows, 1, (i, _) => fold([.. Enumerable.Range(0, columns).Select(j => x[i, j])])), two.First(byRow, x), tolerance, byRow);
                Cells.Close(Cells.Make(1, columns, (_, j) => fold([.. Enumerable.Range(0, rows).Select(i => x[i, j])])), two.First(byColumn, x), tolerance, byColumn);
            }
        }
    }

    [Fact]
    public void Sums_are_compensated()
    {
        using var runner = new KernelRunner();
        double[,] x = Cells.Make(1, 100001, (_, j) => j == 0 ? 1 : 1e-17);
        Assert.Equal(1 + 1e-12, runner.First("sum", x)[0, 0], 1e-16);
    }

    [Fact]
    public void NaN_decides_minimum_and_maximum_but_not_their_position()
    {
        using var runner = new KernelRunner();
        double[,] x = { { 3, double.NaN, 5, 5, 1, 1 } };
        Assert.True(double.IsNaN(runner.First("maximum", x)[0, 0]));
        Assert.True(double.IsNaN(runner.First("rowMins", x)[0, 0]));
        Assert.Equal(4, runner.First("rowIndexMax", x)[0, 0]);
        Assert.Equal(6, runner.First("rowIndexMin", x)[0, 0]);
    }

    [Fact]
    public void Special_values_behave_as_in_SystemDS()
    {
        using var runner = new KernelRunner();
        double[,] x = { { double.NaN, 1, double.NegativeInfinity }, { double.PositiveInfinity, 0, -1 }, { 2, double.NaN, 3 } };
        Assert.Equal(double.PositiveInfinity, runner.First("sum", x)[0, 0]);
        Assert.Equal(0, runner.First("prod", x)[0, 0]);
        Cells.Same(new double[,] { { double.PositiveInfinity, double.NaN, double.NegativeInfinity } }, runner.First("colSums", x));
        Cells.Same(new double[,] { { double.NaN, double.NaN, double.PositiveInfinity } }, runner.First("colVars", x));
        Assert.True(double.IsNaN(runner.First("var", new double[0, 3])[0, 0]));
    }

    [Fact]
    public void Cumulative_operators_run_down_the_columns()
    {
        using var runner = new KernelRunner();
        double[,] x = { { 1, 4 }, { 3, 2 }, { 2, 5 } };
        Cells.Same(new double[,] { { 1, 4 }, { 4, 6 }, { 6, 11 } }, runner.First("cumsum", x));
        Cells.Same(new double[,] { { 1, 4 }, { 3, 8 }, { 6, 40 } }, runner.First("cumprod", x));
        Cells.Same(new double[,] { { 1, 4 }, { 1, 2 }, { 1, 2 } }, runner.First("cummin", x));
        Cells.Same(new double[,] { { 1, 4 }, { 3, 4 }, { 3, 5 } }, runner.First("cummax", x));
        Cells.Same(new double[,] { { 1 }, { 5 }, { 27 } }, runner.First("cumsumprod", x));
        Cells.Same(new double[,] { { 8 } }, runner.First("trace", new double[,] { { 1, 2 }, { 3, 7 } }));
    }

    private static double Variance(double[] x)
    {
        double mean = x.Average();
        return x.Length < 2 ? 0 : x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
    }
}
