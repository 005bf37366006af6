using System.Globalization;

namespace Keras2Dml.Runtime.Text;

/// <summary>Numbers as Java prints them (<c>Double.toString</c>): shortest digits, <c>E</c> notation outside 10^-3 .. 10^7.</summary>
internal static class JavaNumber
{
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        // Shortest round-trip digits, as d.ddddE+xx.
        string text = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = Digits(shortest);
        string sign = value < 0 ? "-" : string.Empty;
        if (exponent is >= -3 and < 7)
        {
            return sign + (exponent < 0
                ? "0." + new string('0', -exponent - 1) + digits
                : digits.Length <= exponent + 1
                    ? digits + new string('0', exponent + 1 - digits.Length) + ".0"
                    : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..]);
        }

        return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Digits(string text)
    {
        int end = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = (end < 0 ? text : text[..end]).Replace("-", string.Empty, StringComparison.Ordinal).Replace(".", string.Empty, StringComparison.Ordinal);
        string digits = mantissa.TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }
}
