using System.Numerics;
using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>Gates i, f, c, o as in Keras: c = f*c + i*tanh(z_c), h = o*tanh(c), i, f, o = sigmoid of their blocks of z.</summary>
internal readonly unsafe struct LstmCell : IRecurrentCell
{
    public static int Gates => 4;

    public static bool HasCarry => true;

    public static void Forward<T>(T* preactivation, T* work, T* previousCarry, T* carry, T* hidden, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Activate(preactivation, work, units);
        T* i = work, f = work + units, g = work + (2 * units), o = work + (3 * units), tanh = work + (4 * units);
        for (int j = 0; j < units; j++)
        {
            carry[j] = (f[j] * previousCarry[j]) + (i[j] * g[j]);
        }

        UnaryKernel<HyperbolicTangent>.Cells(carry, tanh, units);
        for (int j = 0; j < units; j++)
        {
            hidden[j] = o[j] * tanh[j];
        }
    }

    public static void Backward<T>(T* preactivation, T* work, T* previousCarry, T* dhidden, T* dcarry, T* dpreactivation, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Activate(preactivation, work, units);
        T* i = work, f = work + units, g = work + (2 * units), o = work + (3 * units), tanh = work + (4 * units);
        for (int j = 0; j < units; j++)
        {
            tanh[j] = (f[j] * previousCarry[j]) + (i[j] * g[j]);
        }

        UnaryKernel<HyperbolicTangent>.Cells(tanh, tanh, units);
        T* di = dpreactivation, df = dpreactivation + units, dg = dpreactivation + (2 * units), output = dpreactivation + (3 * units);
        for (int j = 0; j < units; j++)
        {
            T dnew = dcarry[j] + (dhidden[j] * o[j] * (T.One - (tanh[j] * tanh[j])));
            di[j] = dnew * g[j] * i[j] * (T.One - i[j]);
            df[j] = dnew * previousCarry[j] * f[j] * (T.One - f[j]);
            dg[j] = dnew * i[j] * (T.One - (g[j] * g[j]));
            output[j] = dhidden[j] * tanh[j] * o[j] * (T.One - o[j]);
            dcarry[j] = dnew * f[j];
        }
    }

    private static void Activate<T>(T* preactivation, T* work, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UnaryKernel<Sigmoid>.Cells(preactivation, work, 2 * units);
        UnaryKernel<HyperbolicTangent>.Cells(preactivation + (2 * units), work + (2 * units), units);
        UnaryKernel<Sigmoid>.Cells(preactivation + (3 * units), work + (3 * units), units);
    }
}
