using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Result matrices of kernels.</summary>
internal static class Result
{
    /// <summary>The memory of the first fitting input that dies here (bits of <paramref name="candidates"/>), otherwise new memory.</summary>
    public static Matrix Reusing(ref KernelCall call, ulong candidates, int rows, int columns, MatrixType type)
    {
        ulong usable = candidates & call.Dying;
        for (int i = 0; usable != 0 && i < call.Inputs.Length; i++)
        {
            if ((usable >> i & 1) != 0 && call.Inputs[i].Tag == ValueTag.Matrix)
            {
                Matrix m = call.Inputs[i].AsMatrix();
                if (m.IsExclusive && m.Rows == rows && m.Columns == columns && m.Type == type)
                {
                    return m.Retain();
                }
            }
        }

        return call.Pool.Rent(rows, columns, type);
    }
}
