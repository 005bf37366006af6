using Keras2Dml.Core.Memory;

namespace Keras2Dml.Runtime.Cpu.Kernels;

/// <summary>Temporary memory of a kernel, from the pool.</summary>
internal static class Scratch
{
    /// <summary>At least so many bytes, aligned to a cache line; contents undefined. Release it when done.</summary>
    public static Matrix Rent(BufferPool pool, long bytes)
    {
        // The pool counts cells; rows of 4096 floats keep both factors in the range of int.
        int rows = checked((int)((bytes + 16383) / 16384));
        return pool.Rent(Math.Max(1, rows), 4096, MatrixType.Single);
    }
}
