using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Cell-by-cell choice: condition, value where it is not zero, value elsewhere. Scalars or equal shapes.</summary>
internal static unsafe class IfElseKernel
{
    private struct Job<T>
        where T : unmanaged
    {
        public T* Condition, Yes, No, To;
        public bool ConstantYes, ConstantNo;
        public T YesValue, NoValue;
        public long Length;
        public int Parts;
    }

    public static void Run(ref KernelCall call)
    {
        Value condition = call.Inputs[0];
        if (condition.Tag != ValueTag.Matrix)
        {
            Value chosen = call.Inputs[condition.AsBoolean() ? 1 : 2];
            if (chosen.Tag == ValueTag.Matrix)
            {
                chosen.AsMatrix().Retain();
            }

            call.Outputs[0] = chosen;
            return;
        }

        if (call.Inputs[1].Tag == ValueTag.Matrix || call.Inputs[2].Tag == ValueTag.Matrix
            ? Element.Common(ref call, 1, 2) == MatrixType.Single
            : call.Matrix(0).Type == MatrixType.Single)
        {
            Run<float>(ref call);
        }
        else
        {
            Run<double>(ref call);
        }
    }

    private static void Run<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> c = Operand<T>.Of(ref call, 0);
        using Operand<T> yes = Operand<T>.Of(ref call, 1);
        using Operand<T> no = Operand<T>.Of(ref call, 2);
        Check(c, yes);
        Check(c, no);
        ulong own = (c.IsOwn ? 1ul : 0) | (yes.IsOwn ? 2ul : 0) | (no.IsOwn ? 4ul : 0);
        Matrix result = Result.Reusing(ref call, own, c.Rows, c.Columns, Element.TypeOf<T>());
        var job = new Job<T>
        {
            Condition = c.Data, Yes = yes.Data, No = no.Data, To = (T*)result.Data,
            ConstantYes = Constant(yes, out T yesValue), ConstantNo = Constant(no, out T noValue),
            Length = c.Length, Parts = Partition.Parts(c.Length, 1),
        };
        job.YesValue = yesValue;
        job.NoValue = noValue;
        call.Threads.Run(job.Parts, &job, &Part<T>);
        call.Return(0, result);
    }

    private static bool Constant<T>(in Operand<T> operand, out T value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        value = operand.IsScalar ? operand.Value : operand.Length == 1 ? *operand.Data : T.Zero;
        return operand.IsScalar || operand.Length == 1;
    }

    private static void Check<T>(in Operand<T> condition, in Operand<T> value)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!value.IsScalar && value.Length != 1 && (value.Rows != condition.Rows || value.Columns != condition.Columns))
        {
            throw KernelErrors.OperandShapes.With(condition.Rows, condition.Columns, value.Rows, value.Columns);
        }
    }

    private static void Part<T>(void* state, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Job<T> job = ref *(Job<T>*)state;
        long begin = Partition.Begin(job.Length, job.Parts, part), end = Partition.Begin(job.Length, job.Parts, part + 1);
        fixed (T* yes = &job.YesValue, no = &job.NoValue)
        {
            Cells(job.Condition + begin, false, job.ConstantYes ? yes : job.Yes + begin, job.ConstantYes, job.ConstantNo ? no : job.No + begin, job.ConstantNo, job.To + begin, (nint)(end - begin));
        }
    }

    /// <summary>to[i] = c[i] != 0 ? a[i] : b[i] where a constant operand stays at its first cell.</summary>
    public static void Cells<T>(T* c, bool constantC, T* a, bool constantA, T* b, bool constantB, T* to, nint n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n <= 0)
        {
            return;
        }

        // The result may take the place of a constant operand: read that before anything is written.
        T firstC = *c, firstA = *a, firstB = *b;
        nint i = 0;
        if (!constantC && n >= Vector<T>.Count)
        {
            Vector<T> valueA = new(firstA), valueB = new(firstB);
            for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
            {
                Vector<T> yes = constantA ? valueA : Vector.Load(a + i), no = constantB ? valueB : Vector.Load(b + i);
                Vector.Store(Vector.ConditionalSelect(Vector.Equals(Vector.Load(c + i), Vector<T>.Zero), no, yes), to + i);
            }
        }

        for (; i < n; i++)
        {
            to[i] = (constantC ? firstC : c[i]) != T.Zero ? (constantA ? firstA : a[i]) : (constantB ? firstB : b[i]);
        }
    }
}
