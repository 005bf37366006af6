using System.Globalization;
using System.Numerics;

namespace Keras2Dml.Runtime.Text;

/// <summary>
/// The decimal digits of a double as Java up to 18 finds them (<c>sun.misc.FloatingDecimal</c>, after Steele and White 1990): not always the shortest ones,
/// at least two of them outside 10^-3 .. 10^8. What DML prints and rounds starts from these digits.
/// </summary>
internal readonly struct JavaDouble
{
    private JavaDouble(string digits, int exponent, bool isRoundedUp, bool isExact)
    {
        Digits = digits;
        Exponent = exponent;
        IsRoundedUp = isRoundedUp;
        IsExact = isExact;
    }

    /// <summary>Digits without sign and point; the value is 0.DIGITS x 10^Exponent.</summary>
    public string Digits { get; }

    public int Exponent { get; }

    /// <summary>The last digit was rounded up, so the value is below what the digits say.</summary>
    public bool IsRoundedUp { get; }

    /// <summary>The digits are the value exactly.</summary>
    public bool IsExact { get; }

    /// <summary>Digits of a positive finite double.</summary>
    public static JavaDouble Of(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        int significant = 53;
        if (exponent == 0)
        {
            int leading = BitOperations.LeadingZeroCount((ulong)fraction);
            int shift = leading - 11;
            fraction <<= shift;
            exponent = 1 - shift;
            significant = 64 - leading;
        }
        else
        {
            fraction |= 1L << 52;
        }

        exponent -= 1023;
        int zeros = BitOperations.TrailingZeroCount(fraction);
        int fractionBits = 53 - zeros;
        int tiny = Math.Max(0, fractionBits - exponent - 1);
        return tiny == 0 && exponent <= 62
            ? OfInteger(exponent >= 52 ? fraction << exponent - 52 : fraction >> 52 - exponent, exponent > significant ? PowerOfTwoDigits(exponent - significant - 1) : 0)
            : Generate(fraction >> zeros, fraction, exponent, significant, fractionBits, tiny);
    }

    // Decimal digits of 2^p that carry no information.
    private static int PowerOfTwoDigits(int p) => p > 1 ? (int)(p * 0.301029995663981) : 0;

    private static JavaDouble OfInteger(long value, int insignificant)
    {
        int exponent = 0;
        if (insignificant != 0)
        {
            long power = (long)BigInteger.Pow(10, insignificant);
            long rest = value % power;
            value /= power;
            exponent = insignificant;
            if (rest >= power >> 1)
            {
                value++;
            }
        }

        string all = value.ToString(CultureInfo.InvariantCulture);
        return new JavaDouble(all.TrimEnd('0'), all.Length + exponent, false, true);
    }

    // value = B / S x 10^decimal with 1 <= B / S < 10; M is half a unit in the last place, scaled like B.
    private static JavaDouble Generate(long odd, long fraction, int exponent, int significant, int fractionBits, int tiny)
    {
        double scaled = BitConverter.Int64BitsToDouble(0x3FF0000000000000 | (fraction & 0xFFFFFFFFFFFFF));
        int decimalExponent = (int)Math.Floor((scaled - 1.5) * 0.289529654 + 0.176091259 + exponent * 0.301029995663981);
        int fives = Math.Max(0, -decimalExponent);
        int b2 = fives + tiny + exponent;
        int s5 = Math.Max(0, decimalExponent);
        int s2 = s5 + tiny;
        int m2 = b2 - significant;
        b2 -= fractionBits - 1;
        int common = Math.Min(b2, s2);
        b2 -= common;
        s2 -= common;
        m2 -= common;

        // Below a power of two the next double is only half as far away.
        m2 -= fractionBits == 1 ? 1 : 0;
        if (m2 < 0)
        {
            b2 -= m2;
            s2 -= m2;
            m2 = 0;
        }

        BigInteger power = BigInteger.Pow(5, fives);
        BigInteger b = odd * power << b2;
        BigInteger s = BigInteger.Pow(5, s5) << s2;
        BigInteger m = power << m2;
        BigInteger tens = s * 10;
        var digits = new char[24];
        int count = 0;
        int q = (int)BigInteger.DivRem(b, s, out BigInteger rest);
        b = rest * 10;
        m *= 10;
        bool low = b < m;
        bool high = b + m > tens;
        if (q == 0 && !high)
        {
            decimalExponent--;
        }
        else
        {
            digits[count++] = (char)('0' + q);
        }

        // One digit after the point is always shown, so one more is needed before an exponent.
        if (decimalExponent is < -3 or >= 8)
        {
            low = high = false;
        }

        while (!low && !high)
        {
            q = (int)BigInteger.DivRem(b, s, out rest);
            b = rest * 10;
            m *= 10;
            low = b < m;
            high = b + m > tens;
            digits[count++] = (char)('0' + q);
        }

        int comparison = (b << 1).CompareTo(tens);
        bool up = high && (!low || comparison > 0 || (comparison == 0 && (digits[count - 1] & 1) != 0));
        bool isExact = b.IsZero;
        int pointAt = decimalExponent + 1;
        bool isRoundedUp = up;
        if (up)
        {
            int i = count - 1;
            while (i > 0 && digits[i] == '9')
            {
                digits[i--] = '0';
            }

            if (digits[i] == '9')
            {
                digits[i] = '1';
                pointAt++;
                isRoundedUp = false;
            }
            else
            {
                digits[i]++;
            }
        }

        return new JavaDouble(new string(digits, 0, count), pointAt, isRoundedUp, isExact);
    }
}
