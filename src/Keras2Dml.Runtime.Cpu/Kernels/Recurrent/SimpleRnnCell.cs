using System.Numerics;
using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>h = tanh(z).</summary>
internal readonly unsafe struct SimpleRnnCell : IRecurrentCell
{
    public static int Gates => 1;

    public static bool HasCarry => false;

    public static void Forward<T>(T* preactivation, T* work, T* previousCarry, T* carry, T* hidden, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => UnaryKernel<HyperbolicTangent>.Cells(preactivation, hidden, units);

    public static void Backward<T>(T* preactivation, T* work, T* previousCarry, T* dhidden, T* dcarry, T* dpreactivation, int units)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UnaryKernel<HyperbolicTangent>.Cells(preactivation, work, units);
        for (int j = 0; j < units; j++)
        {
            dpreactivation[j] = dhidden[j] * (T.One - work[j] * work[j]);
        }
    }
}
