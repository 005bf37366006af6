namespace Keras2Dml.Runtime.Text;

/// <summary>Doubles with a fixed number of decimals, as Java rounds them: from the digits that it prints, not from the binary value.</summary>
internal static class Rounding
{
    /// <summary>
    /// As Java's <c>DecimalFormat</c> in <c>toString</c>: half to even, at least <paramref name="fewest"/> and at most <paramref name="most"/> decimals.
    /// When the printed digits end in a tie, the binary value decides first.
    /// </summary>
    public static string HalfEven(double value, int fewest, int most)
    {
        (string digits, int point, JavaDouble number) = Parts(value);
        int kept = point + most;
        bool up = false;
        if (kept >= 0 && kept < digits.Length)
        {
            char next = digits[kept];
            bool isTie = next == '5' && kept == digits.Length - 1;
            up = next > '5'
                || (next == '5' && !isTie && digits.AsSpan(kept + 1).IndexOfAnyExcept('0') >= 0)
                || (isTie && !number.IsRoundedUp && (!number.IsExact || (kept > 0 && (digits[kept - 1] & 1) != 0)));
        }

        string text = Fixed(digits, point, most, up);
        int end = text.Length;
        int shortest = text.Length - most + fewest;
        while (end > shortest && text[end - 1] == '0')
        {
            end--;
        }

        text = text[..end].TrimEnd('.');
        return value < 0 ? "-" + text : text;
    }

    /// <summary>As Java's <c>printf</c>: half away from zero.</summary>
    public static string HalfUp(double value, int decimals)
    {
        (string digits, int point, _) = Parts(value);
        int kept = point + decimals;
        string text = Fixed(digits, point, decimals, kept >= 0 && kept < digits.Length && digits[kept] >= '5');
        return double.IsNegative(value) ? "-" + text : text;
    }

    /// <summary>As <c>%e</c> of Java's <c>printf</c>: one digit before the point, at least two in the exponent.</summary>
    public static string Scientific(double value, int decimals)
    {
        (string digits, int point, _) = Parts(value);
        bool up = decimals + 1 < digits.Length && digits[decimals + 1] >= '5';
        string text = Fixed(digits, 1, decimals, up);
        if (text.Length > 1 && text[1] is >= '0' and <= '9')
        {
            text = Fixed("1", 1, decimals, false);
            point++;
        }

        int exponent = value == 0 ? 0 : point - 1;
        return (double.IsNegative(value) ? "-" : string.Empty) + text + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static (string Digits, int Point, JavaDouble Number) Parts(double value)
    {
        if (value == 0)
        {
            return ("0", 1, default);
        }

        JavaDouble number = JavaDouble.Of(Math.Abs(value));
        return (number.Digits, number.Exponent, number);
    }

    // 0.DIGITS x 10^point cut after some decimals, one unit more in the last place when rounded up.
    private static string Fixed(string digits, int point, int decimals, bool up)
    {
        int kept = Math.Clamp(point + decimals, 0, digits.Length);
        char[] all = [.. new string('0', Math.Max(0, -point) + 1), .. digits[..kept], .. new string('0', Math.Max(0, point + decimals - kept))];

        // Leading zeros reach one place before the point and one more for a carry.
        int whole = 1 + Math.Max(0, point);
        Array.Resize(ref all, Math.Max(whole + decimals, 0));
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = all[i] == '\0' ? '0' : all[i];
        }

        for (int i = all.Length - 1; up && i >= 0; i--)
        {
            up = all[i] == '9';
            all[i] = up ? '0' : (char)(all[i] + 1);
        }

        string text = new(all);
        string integer = text[..whole].TrimStart('0');
        integer = integer.Length == 0 ? "0" : integer;
        return decimals == 0 ? integer : $"{integer}.{text[whole..]}";
    }
}
