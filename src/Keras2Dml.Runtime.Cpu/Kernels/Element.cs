using System.Numerics.Tensors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Element kinds as type arguments.</summary>
internal static class Element
{
    public static unsafe MatrixType TypeOf<T>()
        where T : unmanaged => sizeof(T) == 8 ? MatrixType.Double : MatrixType.Single;

    /// <summary>Copies all cells, rounding to the target's kind.</summary>
    public static unsafe void Convert(Matrix from, Matrix to)
    {
        long n = from.Length;
        if (from.Type == to.Type)
        {
            Buffer.MemoryCopy(from.Data, to.Data, n * Size(to.Type), n * Size(to.Type));
        }
        else if (from.Type == MatrixType.Double)
        {
            TensorPrimitives.ConvertTruncating<double, float>(from.Doubles, to.Singles);
        }
        else
        {
            TensorPrimitives.ConvertTruncating<float, double>(from.Singles, to.Doubles);
        }
    }

    public static int Size(MatrixType type) => type == MatrixType.Double ? 8 : 4;

    /// <summary>Single when any matrix among the inputs from <paramref name="first"/> to <paramref name="last"/> is single, otherwise double.</summary>
    public static MatrixType Common(ref KernelCall call, int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            if (call.Inputs[i].Tag == ValueTag.Matrix && call.Inputs[i].AsMatrix().Type == MatrixType.Single)
            {
                return MatrixType.Single;
            }
        }

        return MatrixType.Double;
    }

    /// <summary>Single when any matrix input is single, otherwise double.</summary>
    public static MatrixType Common(ref KernelCall call) => Common(ref call, 0, call.Inputs.Length - 1);
}
