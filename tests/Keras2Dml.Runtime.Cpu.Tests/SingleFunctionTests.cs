using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

namespace Keras2Dml.Runtime.Cpu.Tests;

public sealed class SingleFunctionTests
{
    // Half a unit is the correctly rounded result.
    private const double LargestError = 0.51;

    [Theory]
    [InlineData(-87, 0)]
    [InlineData(-1, 1)]
    [InlineData(0, 88)]
    [InlineData(-1e-3, 1e-3)]
    public void Exponentials_are_rounded_once(double from, double to) => Check(from, to, Math.Exp, (x, y) => SingleFunctions.Exp(x, y));

    [Theory]
    [InlineData(1e-30, 1e-20)]
    [InlineData(0.5, 1)]
    [InlineData(0.999, 1.001)]
    [InlineData(1, 1.5)]
    [InlineData(1, 1e30)]
    public void Logarithms_are_rounded_once(double from, double to) => Check(from, to, Math.Log, (x, y) => SingleFunctions.Log(x, y));

    [Fact]
    public void Values_at_the_ends_are_those_of_the_standard_library()
    {
        float[] x = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1, 1, 89, -104, -90, 1e38f, -1e38f, float.Epsilon, float.MaxValue, 1e-40f, -100, 88.7f];
        var exp = new float[x.Length];
        var log = new float[x.Length];
        SingleFunctions.Exp(x, exp);
        SingleFunctions.Log(x, log);
        Assert.Equal(x.Select(v => (float)Math.Exp(v)), exp);
        Assert.Equal(x.Select(v => (float)Math.Log(v)), log);
    }

    [Fact]
    public void A_value_does_not_depend_on_its_place()
    {
        float[] x = [.. Enumerable.Repeat(0.3f, 37)];
        var y = new float[x.Length];
        SingleFunctions.Exp(x, y);
        Assert.Single(y.Distinct());
    }

    private static void Check(double from, double to, Func<double, double> exact, Action<float[], float[]> function)
    {
        var random = new System.Random(1);
        float[] x = [.. Enumerable.Range(0, 20000).Select(_ => (float)(from + ((to - from) * random.NextDouble())))];
        var y = new float[x.Length];
        function(x, y);
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double value = exact(x[i]);
            float rounded = (float)Math.Abs(value);
            double error = (y[i] - value) / Math.Max(MathF.BitIncrement(rounded) - rounded, float.Epsilon);
            Assert.True(Math.Abs(error) <= LargestError, $"x = {x[i]:R}: {error} units");
            sum += error;
        }

        Assert.InRange(sum / x.Length, -0.02, 0.02);
    }
}
