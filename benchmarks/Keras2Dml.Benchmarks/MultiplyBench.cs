using System.Globalization;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Benchmarks;

/// <summary>Speed of matrix multiply and convolution shapes.</summary>
internal static class MultiplyBench
{
    public static void Run(int threads)
    {
        using var machine = new KernelMachine(threads);
        foreach ((int m, int n, int k) in ((int, int, int)[])[(256, 256, 256), (1024, 1024, 1024), (2048, 2048, 2048), (64, 512, 784), (64, 512, 3136), (64, 10, 512), (512, 512, 64), (3136, 512, 64)])
        {
            Matrix a = machine.Random(m, k, 1, 1), b = machine.Random(k, n, 1, 2), bt = machine.Random(n, k, 1, 3), at = machine.Random(k, m, 1, 4);
            double plain = Time(machine, a, b, false, false), right = Time(machine, a, bt, false, true), left = Time(machine, at, b, true, false);
            double work = 2.0 * m * n * k / 1e6;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{m} x {n} x {k}: {work / plain:F1} GF/s, B transposed {work / right:F1}, A transposed {work / left:F1}"));
        }

        foreach ((int n, int c, int h, int k, int r, int p) in ((int, int, int, int, int, int)[])[(64, 1, 28, 32, 5, 2), (64, 32, 14, 64, 5, 2), (32, 64, 56, 64, 3, 1), (32, 256, 14, 256, 3, 1), (32, 256, 56, 64, 1, 0)])
        {
            Matrix x = machine.Random(n, c * h * h, 1, 1), f = machine.Random(k, c * r * r, 1, 2), y = machine.Random(n, k * h * h, 1, 3);
            Value[] sizes = [.. new[] { c, h, h, k, r, r, 1, 1, p, p, p, p, 1, 1, 1 }.Select(v => Value.Of((long)v))];
            double work = 2.0 * n * k * c * r * r * h * h / 1e6;
            string line = string.Create(CultureInfo.InvariantCulture, $"conv N{n} C{c} {h}x{h} K{k} {r}x{r}:");
            foreach ((string name, Matrix left, Matrix right) in ((string, Matrix, Matrix)[])[("conv2d", x, f), ("conv2d_backward_data", f, y), ("conv2d_backward_filter", x, y)])
            {
                Value[] inputs = [Value.Of(left), Value.Of(right), .. sizes];
                double time = Timing.Median(() => machine.Run(name, 0, inputs).Release(), 0.5);
                line += string.Create(CultureInfo.InvariantCulture, $" {name} {time:F3} ms {work / time:F1} GF/s;");
            }

            Console.WriteLine(line);
        }
    }

    private static double Time(KernelMachine machine, Matrix a, Matrix b, bool ta, bool tb)
    {
        Value[] inputs = [Value.Of(a), Value.Of(b), Value.Of(ta), Value.Of(tb)];
        return Timing.Median(() => machine.Run("matrixmultiply", 0, inputs).Release(), 0.5);
    }
}
