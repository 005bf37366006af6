using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

internal readonly struct Add : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a + b;
}

internal readonly struct Subtract : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a - b;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a - b;
}

internal readonly struct Multiply : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a * b;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a * b;
}

internal readonly struct Divide : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a / b;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a / b;
}

/// <summary>NaN in either argument gives NaN.</summary>
internal readonly struct Minimum : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Min(a, b);

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Min(a, b);
}

/// <summary>NaN in either argument gives NaN.</summary>
internal readonly struct Maximum : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Max(a, b);

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Max(a, b);
}

internal readonly struct Power : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => b == T.CreateTruncating(2) ? a * a
            : T.Abs(a) == T.One && !T.IsFinite(b) ? T.NaN
            : T.CreateTruncating(Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b)));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

/// <summary>Remainder of the division truncated toward zero; zero divisor gives NaN.</summary>
internal readonly struct Modulus : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.IsInfinity(b) ? T.NaN : a % b;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

/// <summary>Quotient truncated toward zero.</summary>
internal readonly struct IntegerDivide : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Truncate(a / b);

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

internal readonly struct Logarithm : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Math.Log(double.CreateTruncating(a)) / Math.Log(double.CreateTruncating(b)));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
