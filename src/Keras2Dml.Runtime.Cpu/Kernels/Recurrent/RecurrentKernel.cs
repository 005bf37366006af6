using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>The operators of Keras's recurrent layers.</summary>
internal static class RecurrentKernel<TCell>
    where TCell : struct, IRecurrentCell
{
    private const int Kernel = 1;

    /// <summary>See <see cref="RecurrentForward{T, TCell}"/>.</summary>
    public static void Forward(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, Kernel) == MatrixType.Single)
        {
            RecurrentForward<float, TCell>.Run(ref call);
        }
        else
        {
            RecurrentForward<double, TCell>.Run(ref call);
        }
    }

    /// <summary>See <see cref="RecurrentBackward{T, TCell}"/>.</summary>
    public static void Backward(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, 1 + (TCell.HasCarry ? 2 : 1) + Kernel) == MatrixType.Single)
        {
            RecurrentBackward<float, TCell>.Run(ref call);
        }
        else
        {
            RecurrentBackward<double, TCell>.Run(ref call);
        }
    }
}
