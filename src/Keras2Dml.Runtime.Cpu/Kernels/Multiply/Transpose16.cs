using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>Transposes 16 x 16 floats in registers (AVX-512).</summary>
internal static unsafe class Transpose16
{
    /// <summary>Row i is read at from + offsets[i]; column j goes to <paramref name="to"/> + j * stride, 16 floats each, in ascending order of j.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Run(float* from, nint* offsets, float* to, nint stride)
    {
        Quad(from, offsets, out Vector512<float> a0, out Vector512<float> a1, out Vector512<float> a2, out Vector512<float> a3);
        Quad(from, offsets + 4, out Vector512<float> b0, out Vector512<float> b1, out Vector512<float> b2, out Vector512<float> b3);
        Quad(from, offsets + 8, out Vector512<float> c0, out Vector512<float> c1, out Vector512<float> c2, out Vector512<float> c3);
        Quad(from, offsets + 12, out Vector512<float> d0, out Vector512<float> d1, out Vector512<float> d2, out Vector512<float> d3);

        // Lane l of xq holds column 4l + q of four rows.
        Vector512<float> x0 = Avx512F.Shuffle4x128(a0, b0, 0x44), y0 = Avx512F.Shuffle4x128(c0, d0, 0x44), z0 = Avx512F.Shuffle4x128(a0, b0, 0xEE), w0 = Avx512F.Shuffle4x128(c0, d0, 0xEE);
        Vector512<float> x1 = Avx512F.Shuffle4x128(a1, b1, 0x44), y1 = Avx512F.Shuffle4x128(c1, d1, 0x44), z1 = Avx512F.Shuffle4x128(a1, b1, 0xEE), w1 = Avx512F.Shuffle4x128(c1, d1, 0xEE);
        Vector512<float> x2 = Avx512F.Shuffle4x128(a2, b2, 0x44), y2 = Avx512F.Shuffle4x128(c2, d2, 0x44), z2 = Avx512F.Shuffle4x128(a2, b2, 0xEE), w2 = Avx512F.Shuffle4x128(c2, d2, 0xEE);
        Vector512<float> x3 = Avx512F.Shuffle4x128(a3, b3, 0x44), y3 = Avx512F.Shuffle4x128(c3, d3, 0x44), z3 = Avx512F.Shuffle4x128(a3, b3, 0xEE), w3 = Avx512F.Shuffle4x128(c3, d3, 0xEE);
        Store4(x0, y0, x1, y1, x2, y2, x3, y3, 0x88, to, stride);
        Store4(x0, y0, x1, y1, x2, y2, x3, y3, 0xDD, to + 4 * stride, stride);
        Store4(z0, w0, z1, w1, z2, w2, z3, w3, 0x88, to + 8 * stride, stride);
        Store4(z0, w0, z1, w1, z2, w2, z3, w3, 0xDD, to + 12 * stride, stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(float* from, nint* o, out Vector512<float> q0, out Vector512<float> q1, out Vector512<float> q2, out Vector512<float> q3)
    {
        Vector512<float> r0 = Vector512.Load(from + o[0]), r1 = Vector512.Load(from + o[1]), r2 = Vector512.Load(from + o[2]), r3 = Vector512.Load(from + o[3]);
        Vector512<double> t0 = Avx512F.UnpackLow(r0, r1).AsDouble(), t1 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        Vector512<double> t2 = Avx512F.UnpackLow(r2, r3).AsDouble(), t3 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        q0 = Avx512F.UnpackLow(t0, t2).AsSingle();
        q1 = Avx512F.UnpackHigh(t0, t2).AsSingle();
        q2 = Avx512F.UnpackLow(t1, t3).AsSingle();
        q3 = Avx512F.UnpackHigh(t1, t3).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(
        Vector512<float> a0, Vector512<float> b0, Vector512<float> a1, Vector512<float> b1, Vector512<float> a2, Vector512<float> b2, Vector512<float> a3, Vector512<float> b3,
        [ConstantExpected] byte control, float* to, nint stride)
    {
        if (control == 0x88)
        {
            Avx512F.Shuffle4x128(a0, b0, 0x88).Store(to);
            Avx512F.Shuffle4x128(a1, b1, 0x88).Store(to + stride);
            Avx512F.Shuffle4x128(a2, b2, 0x88).Store(to + 2 * stride);
            Avx512F.Shuffle4x128(a3, b3, 0x88).Store(to + 3 * stride);
        }
        else
        {
            Avx512F.Shuffle4x128(a0, b0, 0xDD).Store(to);
            Avx512F.Shuffle4x128(a1, b1, 0xDD).Store(to + stride);
            Avx512F.Shuffle4x128(a2, b2, 0xDD).Store(to + 2 * stride);
            Avx512F.Shuffle4x128(a3, b3, 0xDD).Store(to + 3 * stride);
        }
    }
}
