using System.Globalization;

namespace Keras2Dml.Runtime.Text;

/// <summary>Numbers as Java prints them (<c>Double.toString</c>): <c>E</c> notation outside 10^-3 .. 10^7.</summary>
internal static class JavaNumber
{
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        string sign = double.IsNegative(value) ? "-" : string.Empty;
        if (value == 0)
        {
            return sign + "0.0";
        }

        if (double.IsInfinity(value))
        {
            return sign + "Infinity";
        }

        JavaDouble number = JavaDouble.Of(Math.Abs(value));
        string digits = number.Digits;
        int point = number.Exponent;
        if (point is > 0 and < 8)
        {
            return sign + (digits.Length <= point
                ? digits + new string('0', point - digits.Length) + ".0"
                : digits[..point] + "." + digits[point..]);
        }

        return point is <= 0 and > -3
            ? sign + "0." + new string('0', -point) + digits
            : $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{(point - 1).ToString(CultureInfo.InvariantCulture)}";
    }
}
