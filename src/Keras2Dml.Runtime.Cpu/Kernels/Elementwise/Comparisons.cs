using System.Numerics;
using V = System.Numerics.Vector;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

// Comparisons and logic give 1 for true and 0 for false; a cell is true when it is not 0.
internal readonly struct Less : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a < b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.LessThan(a, b) & Vector<T>.One;
}

internal readonly struct LessEqual : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a <= b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.LessThanOrEqual(a, b) & Vector<T>.One;
}

internal readonly struct Greater : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a > b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.GreaterThan(a, b) & Vector<T>.One;
}

internal readonly struct GreaterEqual : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a >= b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.GreaterThanOrEqual(a, b) & Vector<T>.One;
}

internal readonly struct Equal : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a == b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.Equals(a, b) & Vector<T>.One;
}

internal readonly struct NotEqual : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a != b ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.AndNot(Vector<T>.One, V.Equals(a, b));
}

internal readonly struct And : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a != T.Zero && b != T.Zero ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.AndNot(Vector<T>.One, V.Equals(a, Vector<T>.Zero) | V.Equals(b, Vector<T>.Zero));
}

internal readonly struct Or : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => a != T.Zero || b != T.Zero ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.AndNot(Vector<T>.One, V.Equals(a, Vector<T>.Zero) & V.Equals(b, Vector<T>.Zero));
}

internal readonly struct Xor : IBinaryFunction
{
    public static bool HasVector => true;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (a != T.Zero) != (b != T.Zero) ? T.One : T.Zero;

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (V.Equals(a, Vector<T>.Zero) ^ V.Equals(b, Vector<T>.Zero)) & Vector<T>.One;
}
