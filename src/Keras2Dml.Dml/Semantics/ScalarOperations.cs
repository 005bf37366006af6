using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>Operators on scalars with DML's exact rules: used to fold constants and by the runtime.</summary>
internal static class ScalarOperations
{
    /// <summary>True when an operator name has a scalar meaning with two inputs.</summary>
    public static bool IsBinary(string name) => name is "+" or "-" or "*" or "/" or "^" or "%%" or "%/%" or "<" or "<=" or ">" or ">=" or "==" or "!=" or "&" or "|"
        or "xor" or "min" or "max" or "log_base" or "bitwAnd" or "bitwOr" or "bitwXor" or "bitwShiftL" or "bitwShiftR";

    /// <summary>True when an operator name has a scalar meaning with one input.</summary>
    public static bool IsUnary(string name) => name is "abs" or "sqrt" or "exp" or "log" or "floor" or "ceiling" or "round" or "sign" or "sin" or "cos" or "tan" or "asin"
        or "acos" or "atan" or "sinh" or "cosh" or "tanh" or "sigmoid" or "negate" or "!" or "is.na" or "is.nan" or "is.infinite";

    /// <summary>Two scalars. Integers stay integers except under <c>/</c> and <c>^</c>; <c>+</c> with a string concatenates.</summary>
    /// <exception cref="ArithmeticException">An integer product overflows, or an integer is divided by zero by <c>%/%</c>.</exception>
    /// <param name="name">Operator name.</param>
    /// <param name="a">Left.</param>
    /// <param name="b">Right.</param>
    /// <param name="text">Text of a scalar, for concatenation.</param>
    public static Scalar Binary(string name, Scalar a, Scalar b, Func<Scalar, string> text)
    {
        if (a.IsString || b.IsString)
        {
            return name switch
            {
                "+" => Scalar.Of(text(a) + text(b)),
                "==" => Scalar.Of(text(a) == text(b)),
                "!=" => Scalar.Of(text(a) != text(b)),
                "<" => Scalar.Of(string.CompareOrdinal(text(a), text(b)) < 0),
                "<=" => Scalar.Of(string.CompareOrdinal(text(a), text(b)) <= 0),
                ">" => Scalar.Of(string.CompareOrdinal(text(a), text(b)) > 0),
                ">=" => Scalar.Of(string.CompareOrdinal(text(a), text(b)) >= 0),
                _ => throw DmlErrors.OperandTypes.With(name, "a string"),
            };
        }

        if (name is "&" or "|" && (a.Kind == ValueKind.Double || b.Kind == ValueKind.Double))
        {
            bool both = name == "&" ? a.AsBoolean() && b.AsBoolean() : a.AsBoolean() || b.AsBoolean();
            return Scalar.Of(both ? 1.0 : 0.0);
        }

        return a.Kind == ValueKind.Integer && b.Kind == ValueKind.Integer ? Integers(name, a.AsInteger(), b.AsInteger()) : Doubles(name, a.AsDouble(), b.AsDouble());
    }

    /// <summary>One scalar.</summary>
    public static Scalar Unary(string name, Scalar a)
    {
        if (a.Kind == ValueKind.Integer)
        {
            switch (name)
            {
                case "negate":
                    return Scalar.Of(unchecked(-a.AsInteger()));
                case "abs":
                    return Scalar.Of(Math.Abs(a.AsInteger()));
            }
        }

        double x = a.AsDouble();
        return name switch
        {
            "!" => Scalar.Of(!a.AsBoolean()),
            "negate" => Scalar.Of(-x),
            "abs" => Scalar.Of(Math.Abs(x)),
            "sqrt" => Scalar.Of(Math.Sqrt(x)),
            "exp" => Scalar.Of(Math.Exp(x)),
            "log" => Scalar.Of(Math.Log(x)),
            "floor" => Scalar.Of(Math.Floor(x)),
            "ceiling" => Scalar.Of(Math.Ceiling(x)),
            "round" => Scalar.Of(double.IsNaN(x) ? 0 : Math.Clamp(Math.Floor(x + 0.5), long.MinValue, long.MaxValue)),
            "sign" => Scalar.Of(double.IsNaN(x) ? x : Math.Sign(x)),
            "sin" => Scalar.Of(Math.Sin(x)),
            "cos" => Scalar.Of(Math.Cos(x)),
            "tan" => Scalar.Of(Math.Tan(x)),
            "asin" => Scalar.Of(Math.Asin(x)),
            "acos" => Scalar.Of(Math.Acos(x)),
            "atan" => Scalar.Of(Math.Atan(x)),
            "sinh" => Scalar.Of(Math.Sinh(x)),
            "cosh" => Scalar.Of(Math.Cosh(x)),
            "tanh" => Scalar.Of(Math.Tanh(x)),
            "sigmoid" => Scalar.Of(1 / (1 + Math.Exp(-x))),
            "is.na" or "is.nan" => Scalar.Of(double.IsNaN(x)),
            "is.infinite" => Scalar.Of(double.IsInfinity(x)),
            _ => throw new InvalidOperationException($"'{name}' has no scalar meaning."),
        };
    }

    private static Scalar Integers(string name, long a, long b) => name switch
    {
        "+" => Scalar.Of(unchecked(a + b)),
        "-" => Scalar.Of(unchecked(a - b)),
        "*" => Scalar.Of(checked(a * b)),
        "%%" => Scalar.Of(b == 0 ? 0 : a % b),
        "%/%" => Scalar.Of(b == 0 ? throw new DivideByZeroException("An integer is divided by zero.") : a / b),
        "min" => Scalar.Of(Math.Min(a, b)),
        "max" => Scalar.Of(Math.Max(a, b)),
        "<" => Scalar.Of(a < b),
        "<=" => Scalar.Of(a <= b),
        ">" => Scalar.Of(a > b),
        ">=" => Scalar.Of(a >= b),
        "==" => Scalar.Of(a == b),
        "!=" => Scalar.Of(a != b),
        "bitwAnd" or "bitwOr" or "bitwXor" or "bitwShiftL" or "bitwShiftR" => Scalar.Of(Bits(name, a, b)),
        _ => Doubles(name, a, b),
    };

    private static Scalar Doubles(string name, double a, double b) => name switch
    {
        "+" => Scalar.Of(a + b),
        "-" => Scalar.Of(a - b),
        "*" => Scalar.Of(a * b),
        "/" => Scalar.Of(a / b),
        "^" => Scalar.Of(Power(a, b)),
        "%%" => Scalar.Of(Remainder(a, b)),
        "%/%" => Scalar.Of(Math.Truncate(a / b)),
        "<" => Scalar.Of(a < b),
        "<=" => Scalar.Of(a <= b),
        ">" => Scalar.Of(a > b),
        ">=" => Scalar.Of(a >= b),
        "==" => Scalar.Of(a == b),
        "!=" => Scalar.Of(a != b),
        "&" => Scalar.Of(a != 0 && b != 0),
        "|" => Scalar.Of(a != 0 || b != 0),
        "xor" => Scalar.Of((a != 0) != (b != 0)),
        "min" => Scalar.Of(Math.Min(a, b)),
        "max" => Scalar.Of(Math.Max(a, b)),
        "log_base" => Scalar.Of(Math.Log(a) / Math.Log(b)),
        "bitwAnd" or "bitwOr" or "bitwXor" or "bitwShiftL" or "bitwShiftR" => Scalar.Of(Bits(name, a, b)),
        _ => throw new InvalidOperationException($"'{name}' has no scalar meaning."),
    };

    /// <summary>Java's power: unlike C's, 1 to the power of NaN or of an infinity is NaN.</summary>
    public static double Power(double a, double b) => b == 2 ? a * a : Math.Abs(a) == 1 && !double.IsFinite(b) ? double.NaN : Math.Pow(a, b);

    /// <summary>The remainder of a division that truncates toward zero.</summary>
    public static double Remainder(double a, double b) => b == 0 ? double.NaN : a - Math.Truncate(a / b) * b;

    // Bits of integers are cut off to 32, except those shifted right. The smallest integer stands for no number, as in R, and as integer for 0.
    private static long Bits(string name, long a, long b)
    {
        int x = unchecked((int)a);
        int y = unchecked((int)b);
        return name switch
        {
            "bitwAnd" => x & y,
            "bitwOr" => x | y,
            "bitwXor" => x ^ y,
            "bitwShiftL" => x << y == int.MinValue ? 0 : x << y,
            _ => a >> y,
        };
    }

    // Bits of doubles are those of 32-bit integers; conversions saturate as in Java.
    private static double Bits(string name, double a, double b)
    {
        int x = Saturate(a);
        int y = Saturate(b);
        return name switch
        {
            "bitwAnd" => x & y,
            "bitwOr" => x | y,
            "bitwXor" => x ^ y,
            "bitwShiftL" => x << y == int.MinValue ? double.NaN : x << y,
            _ => x >> y,
        };
    }

    private static int Saturate(double value) => double.IsNaN(value) ? 0 : (int)Math.Clamp(value, int.MinValue, int.MaxValue);
}
