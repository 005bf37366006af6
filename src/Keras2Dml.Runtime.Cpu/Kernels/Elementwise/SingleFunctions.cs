using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Exponential and logarithm of floats, computed in double and rounded once: wrong by little more than half a unit of the last place, and without a bias that sums up in losses.</summary>
internal static class SingleFunctions
{
    // Adding it rounds to a whole number, which then stands in the lowest bits.
    private const double Rounder = 6755399441055744;
    private const int ExponentBias = 1023, MantissaBits = 52;

    public static void Exp(ReadOnlySpan<float> x, Span<float> y) => Apply<Exponential>(x, y);

    public static void Log(ReadOnlySpan<float> x, Span<float> y) => Apply<Logarithm>(x, y);

    // Sixteen at a time; the rest in a padded block, so that a value never depends on where it stands.
    private static void Apply<T>(ReadOnlySpan<float> x, Span<float> y)
        where T : struct, IFunction
    {
        int width = Vector512<float>.Count, i = 0;
        for (; i <= x.Length - width; i += width)
        {
            Apply<T>(Vector512.Create(x[i..])).CopyTo(y[i..]);
        }

        if (i < x.Length)
        {
            Span<float> rest = stackalloc float[Vector512<float>.Count];
            rest.Clear();
            x[i..].CopyTo(rest);
            Apply<T>(Vector512.Create<float>(rest)).CopyTo(rest);
            rest[..(x.Length - i)].CopyTo(y[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Apply<T>(Vector512<float> x)
        where T : struct, IFunction
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(x);
        return Vector512.Narrow(T.Of(lower), T.Of(upper));
    }

    private interface IFunction
    {
        static abstract Vector512<double> Of(Vector512<double> x);
    }

    private readonly struct Exponential : IFunction
    {
        // exp(x) = 2^n * exp(r), |r| <= log(2)/2, the series of exp(r) up to r^8/8!. Beyond the bounds the float is 0 or Infinity anyway.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            x = Vector512.Min(Vector512.Max(x, Vector512.Create(-150.0)), Vector512.Create(130.0));
            Vector512<double> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.4426950408889634), Vector512.Create(Rounder));
            Vector512<double> n = shifted - Vector512.Create(Rounder);
            Vector512<double> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.6931471805599453), x);
            Vector512<double> r2 = r * r, r4 = r2 * r2;
            Vector512<double> low = Vector512.FusedMultiplyAdd(r2, Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 6), Vector512.Create(0.5)), Vector512.Create(1.0) + r);
            Vector512<double> high = Vector512.FusedMultiplyAdd(
                r2, Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 5040), Vector512.Create(1.0 / 720)), Vector512.FusedMultiplyAdd(r, Vector512.Create(1.0 / 120), Vector512.Create(1.0 / 24)));
            high = Vector512.FusedMultiplyAdd(r4, Vector512.Create(1.0 / 40320), high);
            Vector512<double> scale = Vector512.ShiftLeft(shifted.AsInt64() + Vector512.Create((long)ExponentBias), MantissaBits).AsDouble();
            return Vector512.FusedMultiplyAdd(r4, high, low) * scale;
        }
    }

    private readonly struct Logarithm : IFunction
    {
        // log(2^e * m) = e*log(2) + 2*artanh(s), s = (m - 1)/(m + 1), 1/sqrt(2) <= m < sqrt(2), the series up to s^11/11. Floats are never subnormal as doubles.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            // Taking the bits of 1/sqrt(2) off puts the change of exponent where m passes sqrt(2).
            Vector512<long> offset = Vector512.Create(BitConverter.DoubleToInt64Bits(0.70710678118654752));
            Vector512<long> e = Vector512.ShiftRightArithmetic(x.AsInt64() - offset, MantissaBits);
            Vector512<double> m = (x.AsInt64() - Vector512.ShiftLeft(e, MantissaBits)).AsDouble();
            Vector512<double> s = (m - Vector512.Create(1.0)) / (m + Vector512.Create(1.0)), z = s * s;
            Vector512<double> series = Vector512.Create(1.0 / 11);
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(1.0 / 9));
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(1.0 / 7));
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(1.0 / 5));
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(1.0 / 3));
            series = Vector512.FusedMultiplyAdd(series, z, Vector512.Create(1.0));
            Vector512<double> result = Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble(e), Vector512.Create(0.6931471805599453), 2 * s * series);
            result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(double.NaN), result);
            result = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), result);

            // Infinity and NaN stay as they are.
            return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(x), Vector512.Create(double.PositiveInfinity)), result, Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<double>.Zero), Vector512.Create(double.NaN), x));
        }
    }
}
