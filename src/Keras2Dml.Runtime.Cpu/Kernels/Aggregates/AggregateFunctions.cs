namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

internal struct Sum : IAggregate<Sum>
{
    private KahanSum total;

    public static Sum Start => default;

    public void Add(double x) => total.Add(x);

    public void Join(in Sum other) => total.Add(other.total.Sum);

    public readonly double Value(long count) => total.Sum;
}

internal struct SumOfSquares : IAggregate<SumOfSquares>
{
    private KahanSum total;

    public static SumOfSquares Start => default;

    public void Add(double x) => total.Add(x * x);

    public void Join(in SumOfSquares other) => total.Add(other.total.Sum);

    public readonly double Value(long count) => total.Sum;
}

/// <summary>Unlike a sum (see <see cref="KahanSum"/>) a mean is NaN beside NaN, and with infinities of both signs.</summary>
internal struct Mean : IAggregate<Mean>
{
    private KahanSum total;
    private double special;

    public static Mean Start => default;

    public void Add(double x)
    {
        if (double.IsFinite(x))
        {
            total.Add(x);
        }
        else
        {
            special += x;
        }
    }

    public void Join(in Mean other)
    {
        total.Add(other.total.Sum);
        special += other.special;
    }

    public readonly double Value(long count) => special == 0 ? total.Sum / count : special;
}

internal struct Product : IAggregate<Product>
{
    private double value;

    public static Product Start => new() { value = 1 };

    public void Add(double x) => value *= x;

    public void Join(in Product other) => value *= other.value;

    public readonly double Value(long count) => value;
}

/// <summary>Product of all cells of a matrix: 0 as soon as one is 0, even beside NaN and infinities.</summary>
internal struct ProductOfAll : IAggregate<ProductOfAll>
{
    private double value;
    private bool hasZero;

    public static ProductOfAll Start => new() { value = 1 };

    public void Add(double x)
    {
        value *= x;
        hasZero |= x == 0;
    }

    public void Join(in ProductOfAll other)
    {
        value *= other.value;
        hasZero |= other.hasZero;
    }

    public readonly double Value(long count) => hasZero ? 0 : value;
}

/// <summary>Smallest cell; NaN when one is NaN, infinity when there is none.</summary>
internal struct Smallest : IAggregate<Smallest>
{
    private double value;

    public static Smallest Start => new() { value = double.PositiveInfinity };

    public void Add(double x) => value = Math.Min(value, x);

    public void Join(in Smallest other) => value = Math.Min(value, other.value);

    public readonly double Value(long count) => value;
}

/// <summary>Largest cell; NaN when one is NaN, -infinity when there is none.</summary>
internal struct Largest : IAggregate<Largest>
{
    private double value;

    public static Largest Start => new() { value = double.NegativeInfinity };

    public void Add(double x) => value = Math.Max(value, x);

    public void Join(in Largest other) => value = Math.Max(value, other.value);

    public readonly double Value(long count) => value;
}

/// <summary>Sample variance (divides by n - 1) by updates of mean and central moment with compensated sums, joined as Chan et al. (1983).</summary>
internal struct Variance : IAggregate<Variance>
{
    private double count;
    private KahanSum mean;
    private KahanSum squares;

    public static Variance Start => default;

    public void Add(double x)
    {
        double before = count++;
        double delta = x - mean.Sum;
        mean.Add(delta / count);
        squares.Add(before / count * delta * delta);
    }

    public void Join(in Variance other)
    {
        double n = count + other.count;
        if (other.count > 0)
        {
            double delta = other.mean.Sum - mean.Sum;
            mean.Add(delta * other.count / n);
            squares.Add(other.squares.Sum);
            squares.Add(delta * delta * count * other.count / n);
            count = n;
        }
    }

    public readonly double Value(long n) => n == 0 ? double.NaN : n == 1 ? 0 : squares.Sum / (n - 1);
}

/// <summary>Square root of the sample variance.</summary>
internal struct StandardDeviation : IAggregate<StandardDeviation>
{
    private Variance variance;

    public static StandardDeviation Start => default;

    public void Add(double x) => variance.Add(x);

    public void Join(in StandardDeviation other) => variance.Join(other.variance);

    public readonly double Value(long n) => Math.Sqrt(variance.Value(n));
}
