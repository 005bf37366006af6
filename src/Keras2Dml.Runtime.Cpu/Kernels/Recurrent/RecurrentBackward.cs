using System.Numerics;
using System.Numerics.Tensors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>The gradient of <see cref="RecurrentForward{T, TCell}"/>: back through the steps, then the gradients of all weights as one multiply each.</summary>
internal static unsafe class RecurrentBackward<T, TCell>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell
{
    private struct Job
    {
        public RecurrentSizes Sizes;
        public int Step, Parts, ColumnParts;
        public T* DOut, DHidden, DCarry, DPrevious, DSteps, Preactivations, Hidden, Carry, FirstHidden, FirstCarry, Mask, Visible, Work, Before, DBias;
    }

    // Inputs: dout, dh, [dc], X, W, U, h0, [c0], mask, preactivations, hidden_steps, [carry_steps], T, D, return_sequences, go_backwards, masked, zero_output_for_mask.
    // Outputs: dX, dW, dU, db, dh0, [dc0].
    public static void Run(ref KernelCall call)
    {
        int states = TCell.HasCarry ? 2 : 1, sequence = 1 + states, first = sequence + 3, mask = first + states, cache = mask + 1;
        RecurrentSizes s = RecurrentSizes.Read(ref call, cache + 1 + states, TCell.Gates, sequence, sequence + 1, sequence + 2, mask);
        using Operand<T> dout = Operand<T>.Of(ref call, 0);
        using Operand<T> x = Operand<T>.Of(ref call, sequence);
        using Operand<T> w = Operand<T>.Of(ref call, sequence + 1);
        using Operand<T> u = Operand<T>.Of(ref call, sequence + 2);
        using Operand<T> masks = Operand<T>.Of(ref call, mask);
        using Operand<T> preactivations = Operand<T>.Of(ref call, cache);
        using Operand<T> hidden = Operand<T>.Of(ref call, cache + 1);
        using Operand<T> carry = Operand<T>.Of(ref call, cache + states);
        RecurrentSizes.Check("the output's gradient", dout.Rows, dout.Columns, s.N, s.Sequences ? s.T * s.M : s.M);
        MatrixType type = Element.TypeOf<T>();
        BufferPool pool = call.Pool;
        Matrix dhidden = RecurrentStates<T>.Spread(ref call, 1, s), dcarry = TCell.HasCarry ? RecurrentStates<T>.Spread(ref call, 2, s) : dhidden.Retain();
        Matrix firstHidden = RecurrentStates<T>.Spread(ref call, first, s), firstCarry = TCell.HasCarry ? RecurrentStates<T>.Spread(ref call, first + 1, s) : firstHidden.Retain();
        Matrix dsteps = pool.Rent(s.N, s.T * s.G, type), dprevious = pool.Rent(s.N, s.M, type, clear: true), work = pool.Rent(s.N, s.G + (2 * s.M), type);
        Matrix before = pool.Rent(s.N, s.T * s.M, type), visible = pool.Rent(s.N, s.T, type), dbias = pool.Rent(1, s.G, type);
        var job = new Job
        {
            Sizes = s, DOut = dout.Data, DHidden = (T*)dhidden.Data, DCarry = (T*)dcarry.Data, DPrevious = (T*)dprevious.Data, DSteps = (T*)dsteps.Data,
            Preactivations = preactivations.Data, Hidden = hidden.Data, Carry = carry.Data, FirstHidden = (T*)firstHidden.Data, FirstCarry = (T*)firstCarry.Data,
            Mask = masks.Data, Visible = (T*)visible.Data, Work = (T*)work.Data, Before = (T*)before.Data, DBias = (T*)dbias.Data,
            Parts = Partition.Parts(s.N, s.G * 8), ColumnParts = Partition.Parts(s.G, (long)s.N * s.T),
        };
        FindVisible(job);
        for (job.Step = s.T - 1; job.Step >= 0; job.Step--)
        {
            call.Threads.Run(job.Parts, &job, &Rows);
            var back = new GemmOperands<T>
            {
                M = s.N, N = s.M, K = s.G, A = job.DSteps + ((long)s.Time(job.Step) * s.G), LdA = s.T * s.G, B = u.Data, LdB = s.G, TransposedB = true, C = job.DPrevious, LdC = s.M,
            };
            Gemm<T>.Run(back, pool, call.Threads);
        }

        var dh = new Span<T>(job.DHidden, s.N * s.M);
        TensorPrimitives.Add(dh, new ReadOnlySpan<T>(job.DPrevious, s.N * s.M), dh);
        call.Threads.Run(job.ColumnParts, &job, &BiasColumns);
        Matrix dx = pool.Rent(s.N, s.T * s.D, type), dw = pool.Rent(s.D, s.G, type), du = pool.Rent(s.M, s.G, type);
        int rows = s.N * s.T;
        Gemm<T>.Run(new GemmOperands<T> { M = rows, N = s.D, K = s.G, A = job.DSteps, LdA = s.G, B = w.Data, LdB = s.G, TransposedB = true, C = (T*)dx.Data, LdC = s.D }, pool, call.Threads);
        Gemm<T>.Run(new GemmOperands<T> { M = s.D, N = s.G, K = rows, A = x.Data, LdA = s.D, TransposedA = true, B = job.DSteps, LdB = s.G, C = (T*)dw.Data, LdC = s.G }, pool, call.Threads);
        Gemm<T>.Run(new GemmOperands<T> { M = s.M, N = s.G, K = rows, A = job.Before, LdA = s.M, TransposedA = true, B = job.DSteps, LdB = s.G, C = (T*)du.Data, LdC = s.G }, pool, call.Threads);
        dsteps.Release();
        dprevious.Release();
        work.Release();
        before.Release();
        visible.Release();
        firstHidden.Release();
        firstCarry.Release();
        call.Return(0, dx);
        call.Return(1, dw);
        call.Return(2, du);
        call.Return(3, dbias);
        call.Return(4, dhidden);
        if (TCell.HasCarry)
        {
            call.Return(5, dcarry);
        }
        else
        {
            dcarry.Release();
        }
    }

    // 1 where a step's output is the state, 0 where it is zero.
    private static void FindVisible(in Job job)
    {
        RecurrentSizes s = job.Sizes;
        for (int n = 0; n < s.N; n++)
        {
            T seen = T.Zero;
            for (int step = 0; step < s.T; step++)
            {
                T m = s.Masked ? job.Mask[((long)n * s.T) + s.Time(step)] : T.One;
                seen = s.ZeroOutput ? m : T.Max(seen, m);
                job.Visible[((long)n * s.T) + step] = seen;
            }
        }
    }

    private static void Rows(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        RecurrentSizes s = job.Sizes;
        int end = (int)Partition.Begin(s.N, job.Parts, part + 1);
        for (int n = (int)Partition.Begin(s.N, job.Parts, part); n < end; n++)
        {
            Row(job, s, n);
        }
    }

    private static void Row(in Job job, in RecurrentSizes s, int n)
    {
        int time = s.Time(job.Step);
        long place = (((long)n * s.T) + job.Step) * s.M;
        T* work = job.Work + ((long)n * (s.G + (2 * s.M)));
        T* dhidden = job.DHidden + ((long)n * s.M), dcarry = job.DCarry + ((long)n * s.M), dnew = work + s.G + s.M;
        T* before = job.Step == 0 ? job.FirstHidden + ((long)n * s.M) : job.Hidden + place - s.M;
        T* previousCarry = job.Step == 0 ? job.FirstCarry + ((long)n * s.M) : job.Carry + place - s.M;
        new ReadOnlySpan<T>(before, s.M).CopyTo(new Span<T>(job.Before + ((((long)n * s.T) + time) * s.M), s.M));
        T visible = job.Visible[((long)n * s.T) + job.Step], m = s.Masked ? job.Mask[((long)n * s.T) + time] : T.One;
        T* dprevious = job.DPrevious + ((long)n * s.M);
        T* dout = s.Sequences ? job.DOut + place : job.Step == s.T - 1 ? job.DOut + ((long)n * s.M) : null;
        for (int j = 0; j < s.M; j++)
        {
            T total = dhidden[j] + dprevious[j];
            total += dout is null ? T.Zero : dout[j] * visible;
            dnew[j] = total * m;
            dhidden[j] = total * (T.One - m);
        }

        T* dpreactivation = job.DSteps + ((((long)n * s.T) + time) * s.G);
        T* preactivation = job.Preactivations + ((((long)n * s.T) + job.Step) * s.G);
        if (!TCell.HasCarry || m == T.One)
        {
            TCell.Backward(preactivation, work, previousCarry, dnew, dcarry, dpreactivation, s.M);
        }
        else if (m == T.Zero)
        {
            // The row keeps its state: nothing reaches the weights, the carry's gradient passes by.
            new Span<T>(dpreactivation, s.G).Clear();
        }
        else
        {
            Partly(preactivation, work, previousCarry, dnew, dcarry, dpreactivation, m, s.M);
        }
    }

    // A mask between 0 and 1 takes both ways in part.
    private static void Partly(T* preactivation, T* work, T* previousCarry, T* dnew, T* dcarry, T* dpreactivation, T m, int units)
    {
        Span<T> kept = stackalloc T[units];
        var all = new Span<T>(dcarry, units);
        TensorPrimitives.Multiply(all, T.One - m, kept);
        TensorPrimitives.Multiply(all, m, all);
        TCell.Backward(preactivation, work, previousCarry, dnew, dcarry, dpreactivation, units);
        TensorPrimitives.Add(all, kept, all);
    }

    private static void BiasColumns(void* state, int part)
    {
        ref Job job = ref *(Job*)state;
        RecurrentSizes s = job.Sizes;
        long rows = (long)s.N * s.T;
        int end = (int)Partition.Begin(s.G, job.ColumnParts, part + 1);
        for (int j = (int)Partition.Begin(s.G, job.ColumnParts, part); j < end; j++)
        {
            double sum = 0;
            for (long r = 0; r < rows; r++)
            {
                sum += double.CreateTruncating(job.DSteps[(r * s.G) + j]);
            }

            job.DBias[j] = T.CreateTruncating(sum);
        }
    }
}
