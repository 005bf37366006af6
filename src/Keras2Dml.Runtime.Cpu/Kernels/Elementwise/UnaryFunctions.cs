using System.Numerics.Tensors;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

internal readonly struct Abs : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Abs(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Abs(x, y);
}

internal readonly struct SquareRoot : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Sqrt(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Sqrt(x, y);
}

internal readonly struct Exponential : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Exp(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => SingleFunctions.Exp(x, y);
}

internal readonly struct NaturalLogarithm : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Log(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => SingleFunctions.Log(x, y);
}

internal readonly struct Floor : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Floor(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Floor(x, y);
}

internal readonly struct Ceiling : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Ceiling(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Ceiling(x, y);
}

internal readonly struct Negate : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y) => TensorPrimitives.Negate(x, y);

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Negate(x, y);
}

/// <summary>Half rounds up, NaN gives 0, and the result is in the range of 64-bit integers, as Java's Math.round.</summary>
internal readonly struct Round : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Rounded(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Rounded(x[i]);
        }
    }

    private static double Rounded(double x) => double.IsNaN(x) ? 0 : Math.Clamp(Math.Floor(x + 0.5), long.MinValue, long.MaxValue);
}

internal readonly struct Sign : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i];
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i];
        }
    }
}

internal readonly struct Not : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] == 0 ? 1 : 0;
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] == 0 ? 1 : 0;
        }
    }
}

internal readonly struct IsNaN : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = double.IsNaN(x[i]) ? 1 : 0;
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = float.IsNaN(x[i]) ? 1 : 0;
        }
    }
}

internal readonly struct IsInfinite : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = double.IsInfinity(x[i]) ? 1 : 0;
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = float.IsInfinity(x[i]) ? 1 : 0;
        }
    }
}

internal readonly struct Sine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Sin(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Sin(x[i]);
        }
    }
}

internal readonly struct Cosine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Cos(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Cos(x[i]);
        }
    }
}

internal readonly struct Tangent : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Tan(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Tan(x[i]);
        }
    }
}

internal readonly struct ArcSine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Asin(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Asin(x[i]);
        }
    }
}

internal readonly struct ArcCosine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Acos(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Acos(x[i]);
        }
    }
}

internal readonly struct ArcTangent : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Atan(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Atan(x[i]);
        }
    }
}

internal readonly struct HyperbolicSine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Sinh(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Sinh(x[i]);
        }
    }
}

internal readonly struct HyperbolicCosine : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Cosh(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = (float)Math.Cosh(x[i]);
        }
    }
}

/// <summary>1 / (1 + exp(-x)).</summary>
internal readonly unsafe struct Sigmoid : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = 1 / (1 + Math.Exp(-x[i]));
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => Widened.Apply(x, y, &Logistic);

    private static void Logistic(Span<double> x)
    {
        TensorPrimitives.Negate<double>(x, x);
        TensorPrimitives.Exp<double>(x, x);
        TensorPrimitives.Add(x, 1.0, x);
        TensorPrimitives.Divide(1.0, x, x);
    }
}

internal readonly unsafe struct HyperbolicTangent : IUnaryFunction
{
    public static void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Math.Tanh(x[i]);
        }
    }

    public static void Apply(ReadOnlySpan<float> x, Span<float> y) => Widened.Apply(x, y, &Tanh);

    // exp(2|x|) cancels near 0, where the series is exact enough: the next term is below 1e-11 of x.
    private static void Tanh(Span<double> x)
    {
        Span<double> small = stackalloc double[x.Length];
        x.CopyTo(small);
        TensorPrimitives.Tanh<double>(x, x);
        for (int i = 0; i < x.Length; i++)
        {
            double v = small[i];
            if (Math.Abs(v) < 1e-2)
            {
                double q = v * v;
                x[i] = v * (1 - q / 3 + q * q * (2.0 / 15));
            }
        }
    }
}
