using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

// Bit operations work on 32-bit integers; values beyond their range are clamped to it, as Java casts do.
internal readonly struct BitAnd : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(int.CreateSaturating(a) & int.CreateSaturating(b));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

internal readonly struct BitOr : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(int.CreateSaturating(a) | int.CreateSaturating(b));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

internal readonly struct BitXor : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(int.CreateSaturating(a) ^ int.CreateSaturating(b));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

internal readonly struct ShiftLeft : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        int.CreateSaturating(a) << int.CreateSaturating(b) is var shifted && shifted == int.MinValue ? T.NaN : T.CreateTruncating(shifted); // the smallest integer stands for no number, as in R

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}

internal readonly struct ShiftRight : IBinaryFunction
{
    public static bool HasVector => false;

    public static T Scalar<T>(T a, T b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(int.CreateSaturating(a) >> int.CreateSaturating(b));

    public static Vector<T> Vectors<T>(Vector<T> a, Vector<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
