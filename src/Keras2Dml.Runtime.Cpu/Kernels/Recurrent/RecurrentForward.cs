using System.Numerics;
using System.Numerics.Tensors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>A recurrent layer over all steps: the input projections as one multiply, then one small multiply and one pass over the rows a step.</summary>
internal static unsafe class RecurrentForward<T, TCell>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TCell : struct, IRecurrentCell
{
    private struct Job
    {
        public RecurrentSizes Sizes;
        public int Step, Parts;
        public T* Projections, Recurrence, Preactivations, Hidden, Carry, FirstHidden, FirstCarry, Mask, Seen, Work, Output;
    }

    // Inputs: X, W, U, b, h0, [c0], mask, T, D, return_sequences, go_backwards, masked, zero_output_for_mask.
    // Outputs: out, h, [c], preactivations (N x T*G), hidden_steps, [carry_steps] (N x T*M).
    public static void Run(ref KernelCall call)
    {
        int states = TCell.HasCarry ? 2 : 1, mask = 4 + states;
        RecurrentSizes s = RecurrentSizes.Read(ref call, mask + 1, TCell.Gates, 0, 1, 2, mask);
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> w = Operand<T>.Of(ref call, 1);
        using Operand<T> u = Operand<T>.Of(ref call, 2);
        using Operand<T> b = Operand<T>.Of(ref call, 3);
        using Operand<T> masks = Operand<T>.Of(ref call, mask);
        RecurrentSizes.Check("the bias", b.Rows, b.Columns, 1, s.G);
        MatrixType type = Element.TypeOf<T>();
        BufferPool pool = call.Pool;
        Matrix firstHidden = RecurrentStates<T>.Spread(ref call, 4, s), firstCarry = TCell.HasCarry ? RecurrentStates<T>.Spread(ref call, 5, s) : firstHidden.Retain();
        Matrix preactivations = pool.Rent(s.N, s.T * s.G, type), hidden = pool.Rent(s.N, s.T * s.M, type);
        Matrix carry = TCell.HasCarry ? pool.Rent(s.N, s.T * s.M, type) : hidden.Retain();
        Matrix output = pool.Rent(s.N, s.Sequences ? s.T * s.M : s.M, type);

        // Forward in time the projections become the preactivations where they lie.
        Matrix projections = s.Backwards ? pool.Rent(s.N, s.T * s.G, type) : preactivations.Retain();
        Matrix recurrence = pool.Rent(s.N, s.G, type), work = pool.Rent(s.N, s.G + s.M, type), seen = pool.Rent(s.N, 1, type, clear: true);
        Gemm<T>.Run(new GemmOperands<T> { M = s.N * s.T, N = s.G, K = s.D, A = x.Data, LdA = s.D, B = w.Data, LdB = s.G, C = (T*)projections.Data, LdC = s.G, Bias = b.Data }, pool, call.Threads);
        var job = new Job
        {
            Sizes = s, Projections = (T*)projections.Data, Recurrence = (T*)recurrence.Data, Preactivations = (T*)preactivations.Data,
            Hidden = (T*)hidden.Data, Carry = (T*)carry.Data, FirstHidden = (T*)firstHidden.Data, FirstCarry = (T*)firstCarry.Data,
            Mask = masks.Data, Seen = (T*)seen.Data, Work = (T*)work.Data, Output = (T*)output.Data, Parts = Partition.Parts(s.N, s.G * 8),
        };
        for (job.Step = 0; job.Step < s.T; job.Step++)
        {
            T* previous = job.Step == 0 ? job.FirstHidden : job.Hidden + ((job.Step - 1) * s.M);
            var product = new GemmOperands<T>
            {
                M = s.N, N = s.G, K = s.M, A = previous, LdA = job.Step == 0 ? s.M : s.T * s.M, B = u.Data, LdB = s.G, C = job.Recurrence, LdC = s.G,
            };
            Gemm<T>.Run(product, pool, call.Threads);
            call.Threads.Run(job.Parts, &job, &Rows);
        }

        projections.Release();
        recurrence.Release();
        work.Release();
        seen.Release();
        firstHidden.Release();
        firstCarry.Release();
        int result = 0;
        call.Return(result++, output);
        call.Return(result++, RecurrentStates<T>.Last(pool, hidden, s));
        if (TCell.HasCarry)
        {
            call.Return(result++, RecurrentStates<T>.Last(pool, carry, s));
        }

        call.Return(result++, preactivations);
        call.Return(result++, hidden);
        if (TCell.HasCarry)
        {
            call.Return(result, carry);
        }
        else
        {
            carry.Release();
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
        T* projection = job.Projections + ((((long)n * s.T) + time) * s.G);
        T* preactivation = job.Preactivations + ((((long)n * s.T) + job.Step) * s.G);
        TensorPrimitives.Add(new ReadOnlySpan<T>(projection, s.G), new ReadOnlySpan<T>(job.Recurrence + ((long)n * s.G), s.G), new Span<T>(preactivation, s.G));
        long place = (((long)n * s.T) + job.Step) * s.M;
        T* hidden = job.Hidden + place, carry = job.Carry + place;
        T* previousHidden = job.Step == 0 ? job.FirstHidden + ((long)n * s.M) : hidden - s.M;
        T* previousCarry = job.Step == 0 ? job.FirstCarry + ((long)n * s.M) : carry - s.M;
        TCell.Forward(preactivation, job.Work + ((long)n * (s.G + s.M)), previousCarry, carry, hidden, s.M);
        T visible = T.One;
        if (s.Masked)
        {
            T m = job.Mask[((long)n * s.T) + time];
            Blend(hidden, previousHidden, m, s.M);
            if (TCell.HasCarry)
            {
                Blend(carry, previousCarry, m, s.M);
            }

            job.Seen[n] = T.Max(job.Seen[n], m);
            visible = s.ZeroOutput ? m : job.Seen[n];
        }

        if (s.Sequences || job.Step == s.T - 1)
        {
            T* output = job.Output + (s.Sequences ? place : (long)n * s.M);
            TensorPrimitives.Multiply(new ReadOnlySpan<T>(hidden, s.M), visible, new Span<T>(output, s.M));
        }
    }

    // A masked row keeps its state.
    private static void Blend(T* state, T* previous, T mask, int units)
    {
        if (mask != T.One)
        {
            for (int j = 0; j < units; j++)
            {
                state[j] = (state[j] * mask) + (previous[j] * (T.One - mask));
            }
        }
    }
}
