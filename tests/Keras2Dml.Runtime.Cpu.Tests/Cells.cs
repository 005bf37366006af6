namespace Keras2Dml.Runtime.Cpu.Tests;

/// <summary>Arrays for tests: random ones that floats hold exactly, and comparison.</summary>
internal static class Cells
{
    /// <summary>Multiples of 1/64 in [-2, 2].</summary>
    public static double[,] Random(int rows, int columns, int seed = 1)
    {
        var random = new Random(seed * 7919 + rows * 31 + columns);
        var cells = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                cells[i, j] = random.Next(-128, 129) / 64.0;
            }
        }

        return cells;
    }

    public static double[,] Make(int rows, int columns, Func<int, int, double> value)
    {
        var cells = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                cells[i, j] = value(i, j);
            }
        }

        return cells;
    }

    /// <summary>max|a - ref| / max(1e-30, max|ref|) is at most the tolerance; NaN and infinities must be the same.</summary>
    public static void Close(double[,] expected, double[,] actual, double tolerance, string what = "")
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        double largest = 1e-30, worst = 0;
        for (int i = 0; i < expected.GetLength(0); i++)
        {
            for (int j = 0; j < expected.GetLength(1); j++)
            {
                double e = expected[i, j], a = actual[i, j];
                if (!double.IsFinite(e) || !double.IsFinite(a))
                {
                    Assert.True(e.Equals(a), $"{what} [{i},{j}]: expected {e}, got {a}");
                    continue;
                }

                largest = Math.Max(largest, Math.Abs(e));
                worst = Math.Max(worst, Math.Abs(e - a));
            }
        }

        Assert.True(worst / largest <= tolerance, $"{what}: error {worst / largest:E2} above {tolerance:E1}");
    }

    public static void Same(double[,] expected, double[,] actual, string what = "") => Close(expected, actual, 0, what);
}
