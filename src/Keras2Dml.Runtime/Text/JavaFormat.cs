using System.Globalization;
using System.Text;
using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Text;

/// <summary>The formats of <c>print("...", a, b)</c>: Java's <c>String.format</c> with d, x, o, f, e, g, s, b and %.</summary>
internal static class JavaFormat
{
    public static string Format(string format, ReadOnlySpan<Value> arguments)
    {
        var text = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            int start = i++;
            while (i < format.Length && "-+ 0,#(".Contains(format[i]))
            {
                i++;
            }

            string flags = format[(start + 1)..i];
            int width = Digits(format, ref i);
            int precision = -1;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = Digits(format, ref i);
            }

            char kind = i < format.Length ? format[i] : throw RuntimeErrors.Format.With(format);
            if (kind is '%' or 'n')
            {
                text.Append(kind == '%' ? '%' : '\n');
                continue;
            }

            if (next >= arguments.Length)
            {
                throw RuntimeErrors.Format.With(format);
            }

            string body = Body(kind, precision, flags, arguments[next++], format);
            text.Append(flags.Contains('-') ? body.PadRight(Math.Max(0, width)) : flags.Contains('0') && width > 0 ? ZeroPad(body, width) : body.PadLeft(Math.Max(0, width)));
        }

        return text.ToString();
    }

    private static string Body(char kind, int precision, string flags, Value value, string format)
    {
        string text = kind switch
        {
            'd' when value.Tag == ValueTag.Integer => value.AsInteger().ToString(flags.Contains(',') ? "N0" : "D", CultureInfo.InvariantCulture),
            'f' when value.Tag == ValueTag.Double => Fixed(value.AsDouble(), precision < 0 ? 6 : precision),
            'e' when value.Tag == ValueTag.Double => Scientific(value.AsDouble(), precision < 0 ? 6 : precision),
            'g' when value.Tag == ValueTag.Double => General(value.AsDouble(), precision < 0 ? 6 : Math.Max(1, precision)),
            'x' when value.Tag == ValueTag.Integer => value.AsInteger().ToString("x", CultureInfo.InvariantCulture),
            'X' when value.Tag == ValueTag.Integer => value.AsInteger().ToString("X", CultureInfo.InvariantCulture),
            'o' when value.Tag == ValueTag.Integer => Convert.ToString(value.AsInteger(), 8),
            's' => Limit(value.IsScalar && value.Tag != ValueTag.Boolean ? ValueText.Of(value.ToScalar()) : value.Tag == ValueTag.Boolean ? (value.AsBoolean() ? "true" : "false") : ValueText.Of(value, TextOptions.Default), precision),
            'b' => value.Tag == ValueTag.Boolean ? (value.AsBoolean() ? "true" : "false") : "true",
            _ => throw RuntimeErrors.Format.With(format),
        };
        return flags.Contains('+') && !text.StartsWith('-') && kind is 'd' or 'f' or 'e' && flags.Contains('+') ? "+" + text : text;
    }

    private static string Fixed(double value, int precision) => double.IsFinite(value) ? Rounding.HalfUp(value, precision) : JavaNumber.Of(value);

    private static string Scientific(double value, int precision) => double.IsFinite(value) ? Rounding.Scientific(value, precision) : JavaNumber.Of(value);

    // Fixed notation from 10^-4 up to 10^precision, with that many significant digits.
    private static string General(double value, int precision)
    {
        if (!double.IsFinite(value))
        {
            return JavaNumber.Of(value);
        }

        string scientific = Rounding.Scientific(value, precision - 1);
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('e', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent >= -4 && exponent < precision ? Rounding.HalfUp(value, precision - 1 - exponent) : scientific;
    }

    private static string Limit(string text, int precision) => precision >= 0 && precision < text.Length ? text[..precision] : text;

    private static string ZeroPad(string text, int width) => text.StartsWith('-') || text.StartsWith('+') ? text[0] + text[1..].PadLeft(width - 1, '0') : text.PadLeft(width, '0');

    private static int Digits(string format, ref int i)
    {
        int start = i;
        while (i < format.Length && char.IsAsciiDigit(format[i]))
        {
            i++;
        }

        return i == start ? -1 : int.Parse(format.AsSpan(start, i - start), CultureInfo.InvariantCulture);
    }
}
