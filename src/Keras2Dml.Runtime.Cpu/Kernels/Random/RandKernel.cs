using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Random;

/// <summary>rand and sample with the streams of SystemDS: one seed for each block of 1000 x 1000 cells, drawn by WELL1024a.</summary>
/// <remarks>Within a block the first value is spent on seeding the generator that decides which cells are not zero.</remarks>
internal static class RandKernel
{
    private const int BlockSize = 1000;

    private enum Density
    {
        Uniform,
        Normal,
        Poisson,
    }

    // Inputs: rows, columns, min, max, pdf, sparsity, seed (-1 for none), lambda.
    public static void Rand(ref KernelCall call)
    {
        long rows = call.Inputs[0].AsInteger(), columns = call.Inputs[1].AsInteger();
        double min = call.Number(2), max = call.Number(3), sparsity = call.Number(5), lambda = call.Number(7);
        Density density = call.Text(4) switch
        {
            "uniform" => Density.Uniform,
            "normal" => Density.Normal,
            "poisson" => Density.Poisson,
            var other => throw KernelErrors.Value.With("rand", "pdf \"uniform\", \"normal\" or \"poisson\"", other),
        };
        if (rows < 0 || columns < 0)
        {
            throw KernelErrors.Value.With("rand", "a number of rows and columns that is not negative", $"{rows} x {columns}");
        }

        if (min > max || sparsity is < 0 or > 1)
        {
            throw KernelErrors.Value.With("rand", "min <= max and a sparsity from 0 to 1", FormattableString.Invariant($"min {min}, max {max}, sparsity {sparsity}"));
        }

        Matrix result = call.Pool.Rent(checked((int)rows), checked((int)columns), call.Precision, clear: sparsity < 1);
        Well1024 seeds = Well1024.FromJavaRandom(Seed(call.Inputs[6].AsInteger()));
        for (int r = 0; r < rows && sparsity > 0; r += BlockSize)
        {
            for (int c = 0; c < columns; c += BlockSize)
            {
                var values = new Values(density, lambda, seeds.NextLong());
                var occupied = new JavaRandom(long.CreateSaturating(values.Next() * (double)long.MaxValue));
                FillBlock(result, r, c, density == Density.Uniform ? min : 0, density == Density.Uniform ? max - min : 1, sparsity, ref values, ref occupied);
            }
        }

        call.Return(0, result);
    }

    // Inputs: range, size, replacement, seed.
    public static void Sample(ref KernelCall call)
    {
        long range = call.Inputs[0].AsInteger(), size = call.Inputs[1].AsInteger();
        bool replacement = call.Inputs[2].AsBoolean();
        if (range < 1 || size < 0 || (!replacement && size > range))
        {
            throw KernelErrors.Value.With("sample", "at most as many numbers as the range has, without replacement", $"{size} of 1..{range}");
        }

        Matrix result = call.Pool.Rent(checked((int)size), 1, MatrixType.Double);
        Span<double> cells = result.Doubles;
        var random = new JavaRandom(Seed(call.Inputs[3].AsInteger()));
        if (replacement)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = 1 + (random.NextLong() & long.MaxValue) % range;
            }
        }
        else
        {
            // A reservoir, then a shuffle.
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = i + 1;
            }

            for (long i = size + 1; i <= range; i++)
            {
                if (random.NextInt((int)i) < size)
                {
                    cells[random.NextInt((int)size)] = i;
                }
            }

            for (int i = 0; i < cells.Length - 1; i++)
            {
                int k = random.NextInt(cells.Length - i) + i;
                (cells[i], cells[k]) = (cells[k], cells[i]);
            }
        }

        call.Return(0, result);
    }

    private static long Seed(long seed) => seed == -1 ? System.Random.Shared.NextInt64() : seed;

    private static void FillBlock(Matrix m, int firstRow, int firstColumn, double min, double range, double sparsity, ref Values values, ref JavaRandom occupied)
    {
        int rows = Math.Min(BlockSize, m.Rows - firstRow), columns = Math.Min(BlockSize, m.Columns - firstColumn);
        if (IsSparse(rows, columns, sparsity))
        {
            // The distance to the next cell that is not zero is distributed geometrically.
            double log = Math.Log(1 - sparsity);
            for (long cell = 0; cell < (long)rows * columns; cell++)
            {
                cell += (int)Math.Ceiling(Math.Log(occupied.NextDouble()) / log) - 1;
                if (cell < (long)rows * columns)
                {
                    m[firstRow + (int)(cell / columns), firstColumn + (int)(cell % columns)] = min + range * values.Next();
                }
            }

            return;
        }

        for (int i = firstRow; i < Math.Min(m.Rows, firstRow + BlockSize); i++)
        {
            for (int j = firstColumn; j < Math.Min(m.Columns, firstColumn + BlockSize); j++)
            {
                if (sparsity == 1 || occupied.NextDouble() <= sparsity)
                {
                    m[i, j] = min + range * values.Next();
                }
            }
        }
    }

    // SystemDS would hold the block sparse: few cells, and the estimate of its rows' objects is below that of a dense block.
    private static bool IsSparse(int rows, int columns, double sparsity)
    {
        double count = Math.Floor(sparsity * rows * columns), share = count / rows / columns;
        double sparse = 24 + 8.0 * rows + Math.Min(rows, Math.Ceiling(share * rows * columns)) * (116 + 12 * Math.Max(4, Math.Ceiling(share * columns)));
        return sparsity > 0 && share < 0.4 && sparse < 8.0 * rows * columns;
    }

    /// <summary>The stream of values of one block.</summary>
    private struct Values
    {
        private readonly Density density;
        private readonly double lambda;
        private JavaRandom random;
        private Well1024 well;
        private double second;
        private bool hasSecond;

        public Values(Density density, double lambda, long seed)
        {
            this.density = density;
            this.lambda = lambda;
            random = new JavaRandom(seed);
            well = Well1024.FromSeed(seed);
        }

        public double Next() => density switch
        {
            Density.Uniform => random.NextDouble(),
            Density.Normal => Normal(),
            _ => Poisson(),
        };

        private double Normal()
        {
            if (hasSecond)
            {
                hasSecond = false;
                return second;
            }

            double radius = Math.Sqrt(-2 * Math.Log(random.NextDouble())), angle = 2 * Math.PI * random.NextDouble();
            second = radius * Math.Sin(angle);
            hasSecond = true;
            return radius * Math.Cos(angle);
        }

        // Products of uniform numbers until they fall below exp(-lambda) (Knuth).
        private double Poisson()
        {
            double limit = Math.Exp(-lambda), product = 1;
            int n = 0;
            while (n < 1000 * lambda)
            {
                product *= well.NextDouble();
                if (product < limit)
                {
                    return n;
                }

                n++;
            }

            return n;
        }
    }
}
