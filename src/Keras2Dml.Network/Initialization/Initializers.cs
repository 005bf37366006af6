using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Random;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Initialization;

/// <summary>Draws the initial values of variables as Keras's initializers do on TensorFlow.</summary>
internal static class Initializers
{
    // Standard deviation of a normal distribution cut off at two standard deviations.
    private const double TruncatedDeviation = 0.87962566103423978;

    private delegate float[] Draw(KerasObject initializer, int[] shape, long seed);

    private static readonly Dictionary<string, Draw> Draws = new(StringComparer.Ordinal)
    {
        ["Zeros"] = (_, shape, _) => new float[Count(shape)],
        ["Ones"] = (_, shape, _) => Filled(shape, 1),
        ["Constant"] = Constant,
        ["Identity"] = Identity,
        ["RandomNormal"] = (i, shape, seed) => KerasRandom.Normal(Count(shape), Philox.FromSeed(seed), (float)i.Double("mean"), (float)i.Double("stddev")),
        ["RandomUniform"] = (i, shape, seed) => KerasRandom.Uniform(Count(shape), Philox.FromSeed(seed), (float)i.Double("minval"), (float)i.Double("maxval")),
        ["TruncatedNormal"] = (i, shape, seed) => KerasRandom.TruncatedNormal(Count(shape), Philox.FromSeed(seed), (float)i.Double("mean"), (float)i.Double("stddev")),
        ["VarianceScaling"] = (i, shape, seed) => Scaled(i, shape, seed, i.Double("scale"), i.String("mode"), i.String("distribution")),
        ["GlorotNormal"] = (i, shape, seed) => Scaled(i, shape, seed, 1, "fan_avg", "truncated_normal"),
        ["GlorotUniform"] = (i, shape, seed) => Scaled(i, shape, seed, 1, "fan_avg", "uniform"),
        ["HeNormal"] = (i, shape, seed) => Scaled(i, shape, seed, 2, "fan_in", "truncated_normal"),
        ["HeUniform"] = (i, shape, seed) => Scaled(i, shape, seed, 2, "fan_in", "uniform"),
        ["LecunNormal"] = (i, shape, seed) => Scaled(i, shape, seed, 1, "fan_in", "truncated_normal"),
        ["LecunUniform"] = (i, shape, seed) => Scaled(i, shape, seed, 1, "fan_in", "uniform"),
        ["Orthogonal"] = Orthogonal,
        ["STFT"] = FourierKernel,
    };

    /// <summary>True for initializers that draw random numbers.</summary>
    public static bool IsRandom(KerasObject initializer) => initializer.Class.Find("seed") is not null;

    /// <summary>The seed in the configuration; null when there is none.</summary>
    public static long? SeedOf(KerasObject initializer) => IsRandom(initializer) ? (long?)initializer.Values["seed"] : null;

    /// <summary>Values of a variable.</summary>
    /// <param name="initializer">The initializer; null for zeros.</param>
    /// <param name="shape">Shape in Keras's order.</param>
    /// <param name="seed">Seed when the initializer has none of its own.</param>
    public static Tensor Create(KerasObject? initializer, IReadOnlyList<int> shape, long seed)
    {
        int[] sizes = [.. shape];
        if (initializer is null)
        {
            return Tensor.Zeros(ElementType.Float32, sizes);
        }

        return Draws.TryGetValue(initializer.ClassName, out Draw? draw)
            ? Tensor.From(draw(initializer, sizes, SeedOf(initializer) ?? seed), sizes)
            : throw NetworkErrors.UnknownClass.With(initializer.ClassName, "initializer", "", string.Join(", ", Draws.Keys));
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (a, b) => checked(a * b));

    private static float[] Filled(int[] shape, float value)
    {
        var result = new float[Count(shape)];
        Array.Fill(result, value);
        return result;
    }

    private static float[] Constant(KerasObject initializer, int[] shape, long seed)
    {
        object? value = initializer.Values["value"];
        if (value is object?[] list)
        {
            // An array of the variable's own shape, or one that repeats along the first axes.
            float[] flat = [.. Flatten(list)];
            int count = Count(shape);
            return flat.Length > 0 && count % flat.Length == 0
                ? [.. Enumerable.Range(0, count).Select(i => flat[i % flat.Length])]
                : throw NetworkErrors.WrongValue.With("Constant", "value", $"a number or an array of shape ({string.Join(", ", shape)})", $"{flat.Length} numbers");
        }

        return Filled(shape, value switch { long l => l, double d => (float)d, bool b => b ? 1 : 0, _ => 0 });
    }

    private static IEnumerable<float> Flatten(object? value) => value switch
    {
        object?[] list => list.SelectMany(Flatten),
        long l => [l],
        double d => [(float)d],
        _ => [0f],
    };

    private static float[] Identity(KerasObject initializer, int[] shape, long seed)
    {
        if (shape.Length != 2)
        {
            throw NetworkErrors.WrongValue.With("Identity", "shape", "two axes", $"({string.Join(", ", shape)})");
        }

        var result = new float[Count(shape)];
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++)
        {
            result[(i * shape[1]) + i] = (float)initializer.Double("gain");
        }

        return result;
    }

    // Variance scaling (Glorot and Bengio 2010; He et al. 2015).
    private static float[] Scaled(KerasObject initializer, int[] shape, long seed, double scale, string mode, string distribution)
    {
        (double fanIn, double fanOut) = Fans(shape, Axes(initializer, "input_axes"), Axes(initializer, "output_axes"));
        scale /= Math.Max(1, mode switch { "fan_in" => fanIn, "fan_out" => fanOut, _ => (fanIn + fanOut) / 2 });
        Philox stream = Philox.FromSeed(seed);
        if (distribution == "uniform")
        {
            double limit = Math.Sqrt(3 * scale);
            return KerasRandom.Uniform(Count(shape), stream, (float)-limit, (float)limit);
        }

        return distribution == "untruncated_normal"
            ? KerasRandom.Normal(Count(shape), stream, 0, (float)Math.Sqrt(scale))
            : KerasRandom.TruncatedNormal(Count(shape), stream, 0, (float)(Math.Sqrt(scale) / TruncatedDeviation));
    }

    private static int[]? Axes(KerasObject initializer, string argument) =>
        initializer.Values.GetValueOrDefault(argument) is object?[] axes ? [.. axes.Select(a => (int)(long)a!)] : null;

    private static (double In, double Out) Fans(int[] shape, int[]? inputAxes, int[]? outputAxes)
    {
        if (inputAxes is not null && outputAxes is not null)
        {
            HashSet<int> named = [.. inputAxes.Concat(outputAxes).Select(a => a < 0 ? a + shape.Length : a)];
            double field = Enumerable.Range(0, shape.Length).Where(a => !named.Contains(a)).Aggregate(1.0, (p, a) => p * shape[a]);
            return (Product(inputAxes) * field, Product(outputAxes) * field);
        }

        switch (shape.Length)
        {
            case 0:
                return (1, 1);
            case 1:
                return (shape[0], shape[0]);
            default:
                double receptive = shape[..^2].Aggregate(1.0, (a, b) => a * b);
                return (shape[^2] * receptive, shape[^1] * receptive);
        }

        double Product(int[] axes) => axes.Aggregate(1.0, (p, a) => p * shape[a < 0 ? a + shape.Length : a]);
    }

    // Saxe et al. 2013: Q of a normal matrix, with a positive diagonal of R, which makes it unique.
    private static float[] Orthogonal(KerasObject initializer, int[] shape, long seed)
    {
        if (shape.Length < 2)
        {
            throw NetworkErrors.WrongValue.With("Orthogonal", "shape", "at least two axes", $"({string.Join(", ", shape)})");
        }

        int columns = shape[^1];
        int rows = columns == 0 ? 0 : Count(shape) / columns;
        int tall = Math.Max(rows, columns);
        int narrow = Math.Min(rows, columns);
        float[] drawn = KerasRandom.Normal(tall * narrow, Philox.FromSeed(seed));
        double[][] q = Orthonormal(drawn, tall, narrow);
        double gain = initializer.Double("gain");
        var result = new float[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                result[(r * columns) + c] = (float)(gain * (float)(rows < columns ? q[r][c] : q[c][r]));
            }
        }

        return result;
    }

    // Columns of a (tall x narrow, row-major), made orthonormal one after another; twice, so that nothing is lost to rounding.
    private static double[][] Orthonormal(float[] a, int tall, int narrow)
    {
        var q = new double[narrow][];
        for (int c = 0; c < narrow; c++)
        {
            double[] column = [.. Enumerable.Range(0, tall).Select(r => (double)a[(r * narrow) + c])];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int before = 0; before < c; before++)
                {
                    double dot = Dot(column, q[before]);
                    for (int r = 0; r < tall; r++)
                    {
                        column[r] -= dot * q[before][r];
                    }
                }
            }

            double norm = Math.Sqrt(Dot(column, column));
            q[c] = [.. column.Select(v => v / norm)];
        }

        return q;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // keras.initializers.STFT: shape (frame length, 1, fft length / 2 + 1).
    private static float[] FourierKernel(KerasObject initializer, int[] shape, long seed)
    {
        if (shape.Length != 3)
        {
            throw NetworkErrors.WrongValue.With("STFT", "shape", "three axes", $"({string.Join(", ", shape)})");
        }

        int frame = shape[0];
        int bins = shape[2];
        double[]? window = Window(initializer, frame);
        double scale = window is null ? 1 : initializer.String("scaling") == "density" ? Math.Sqrt(window.Sum(w => w * w)) : window.Sum(Math.Abs);
        var result = new float[Count(shape)];
        for (int time = 0; time < frame; time++)
        {
            for (int bin = 0; bin < bins; bin++)
            {
                double angle = -2 * Math.PI * time * bin / Math.Max(1, 2 * (bins - 1));
                double value = (initializer.String("side") == "real" ? Math.Cos(angle) : Math.Sin(angle)) * (window?[time] ?? 1) / scale;
                for (int channel = 0; channel < shape[1]; channel++)
                {
                    result[(((time * shape[1]) + channel) * bins) + bin] = (float)value;
                }
            }
        }

        return result;
    }

    private static double[]? Window(KerasObject initializer, int length)
    {
        object? window = initializer.Values["window"];
        if (window is null or object?[])
        {
            return window is object?[] given ? [.. given.Select(v => v is long l ? l : v as double? ?? 0)] : null;
        }

        // Cosine windows as in scipy.signal: coefficients of cos(k * 2 pi n / (N - 1)), or / N for periodic ones.
        double[] terms = window switch
        {
            "hann" => [0.5, 0.5],
            "hamming" => [0.54, 0.46],
            "blackman" => [0.42, 0.5, 0.08],
            "boxcar" or "rect" or "rectangular" or "ones" => [1],
            _ => throw NetworkErrors.WrongValue.With("STFT", "window", "hann, hamming, blackman, boxcar or an array", $"\"{window}\""),
        };
        double period = initializer.Bool("periodic") ? length : Math.Max(1, length - 1);
        return [.. Enumerable.Range(0, length).Select(n => terms.Select((t, k) => (k % 2 == 0 ? t : -t) * Math.Cos(2 * Math.PI * k * n / period)).Sum())];
    }
}
