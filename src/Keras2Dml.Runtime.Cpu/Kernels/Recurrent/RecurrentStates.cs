using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>States of recurrent layers as matrices.</summary>
internal static unsafe class RecurrentStates<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A copy of a state, N x M; one row given stands for all rows.</summary>
    public static Matrix Spread(ref KernelCall call, int input, in RecurrentSizes s)
    {
        using Operand<T> state = Operand<T>.Of(ref call, input);
        RecurrentSizes.Check("a state", state.Rows == 1 ? s.N : state.Rows, state.Columns, s.N, s.M);
        Matrix all = call.Pool.Rent(s.N, s.M, Element.TypeOf<T>());
        for (int n = 0; n < s.N; n++)
        {
            new ReadOnlySpan<T>(state.Data + (state.Rows == 1 ? 0 : (long)n * s.M), s.M).CopyTo(new Span<T>((T*)all.Data + ((long)n * s.M), s.M));
        }

        return all;
    }

    /// <summary>The state after the last step, N x M, out of those of all steps, N x (T*M).</summary>
    public static Matrix Last(BufferPool pool, Matrix steps, in RecurrentSizes s)
    {
        Matrix last = pool.Rent(s.N, s.M, steps.Type);
        for (int n = 0; n < s.N; n++)
        {
            new ReadOnlySpan<T>((T*)steps.Data + ((((long)n * s.T) + s.T - 1) * s.M), s.M).CopyTo(new Span<T>((T*)last.Data + ((long)n * s.M), s.M));
        }

        return last;
    }
}
