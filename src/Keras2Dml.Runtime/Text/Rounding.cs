using System.Globalization;
using System.Numerics;

namespace Keras2Dml.Runtime.Text;

/// <summary>Decimal rounding of the exact binary value.</summary>
internal static class Rounding
{
    /// <summary>A finite double with a fixed number of decimals, half to even on the exact value.</summary>
    public static string HalfEven(double value, int decimals) => Text(value, decimals, halfUp: false);

    /// <summary>The same, half away from zero (Java's printf).</summary>
    public static string HalfUp(double value, int decimals) => Text(value, decimals, halfUp: true);

    private static string Text(double value, int decimals, bool halfUp)
    {
        bool negative = double.IsNegative(value);
        (BigInteger numerator, BigInteger denominator) = Exact(Math.Abs(value));
        numerator *= BigInteger.Pow(10, decimals);
        BigInteger quotient = BigInteger.DivRem(numerator, denominator, out BigInteger rest);
        int comparison = (rest * 2).CompareTo(denominator);
        if (comparison > 0 || (comparison == 0 && (halfUp || !quotient.IsEven)))
        {
            quotient++;
        }

        string digits = quotient.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        string text = decimals == 0 ? digits : digits[..^decimals] + "." + digits[^decimals..];
        return negative ? "-" + text : text;
    }

    private static (BigInteger Numerator, BigInteger Denominator) Exact(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
        if (exponent == 0)
        {
            exponent++;
        }
        else
        {
            mantissa |= 1L << 52;
        }

        exponent -= 1075;
        return exponent >= 0 ? (mantissa << exponent, BigInteger.One) : (mantissa, BigInteger.One << -exponent);
    }
}
