using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Cell-by-cell function of two inputs: scalars, equal shapes, a row or column vector on the right, or column vector with row vector (outer).</summary>
internal static class BinaryKernel<TFunction>
    where TFunction : struct, IBinaryFunction
{
    public static void Run(ref KernelCall call)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            Run<float>(ref call);
        }
        else
        {
            Run<double>(ref call);
        }
    }

    private static unsafe void Run<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> a = Operand<T>.Of(ref call, 0);
        using Operand<T> b = Operand<T>.Of(ref call, 1);
        if (a.IsScalar && b.IsScalar)
        {
            call.Return(0, double.CreateTruncating(TFunction.Scalar(a.Value, b.Value)));
            return;
        }

        int rows = a.IsScalar ? b.Rows : a.Rows;
        int columns = a.IsScalar ? b.Columns : a.Columns;
        Span<T> constants = [a.Value, b.Value];
        fixed (T* values = constants)
        {
            var job = new BinaryJob<TFunction, T> { A = a.IsScalar ? values : a.Data, B = b.IsScalar ? values + 1 : b.Data };
            if (a.IsScalar || b.IsScalar || (a.Rows == b.Rows && a.Columns == b.Columns))
            {
                job.ConstantA = a.IsScalar;
                job.ConstantB = b.IsScalar;
                job.Flat = true;
            }
            else if (b.Columns == 1 && b.Rows == rows)
            {
                job.ConstantB = true;
                job.StepA = columns;
                job.StepB = 1;
            }
            else if (b.Rows == 1 && b.Columns == columns)
            {
                job.StepA = columns;
            }
            else if (a.Columns == 1 && b.Rows == 1)
            {
                columns = b.Columns;
                job.ConstantA = true;
                job.StepA = 1;
            }
            else
            {
                throw KernelErrors.OperandShapes.With(a.Rows, a.Columns, b.Rows, b.Columns);
            }

            ulong reuse = (a.IsOwn && a.Columns == columns ? 1ul : 0) | (b.IsOwn ? 2ul : 0);
            Matrix result = Result.Reusing(ref call, reuse, rows, columns, Element.TypeOf<T>());
            job.To = (T*)result.Data;
            job.Columns = columns;
            job.Units = job.Flat ? (long)rows * columns : rows;
            job.Parts = Partition.Parts(job.Units, job.Flat ? 1 : columns);
            call.Threads.Run(job.Parts, &job, &BinaryJob<TFunction, T>.Part);
            call.Return(0, result);
        }
    }
}

/// <summary>One binary operation over cells (flat) or rows.</summary>
internal unsafe struct BinaryJob<TFunction, T>
    where TFunction : struct, IBinaryFunction
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public T* A, B, To;

    /// <summary>The operand is one value for the whole row (or for everything, when flat).</summary>
    public bool ConstantA, ConstantB, Flat;

    /// <summary>Cells from one row to the next; 0 repeats a row vector.</summary>
    public nint StepA, StepB;
    public int Columns, Parts;
    public long Units;

    public static void Part(void* state, int part)
    {
        ref BinaryJob<TFunction, T> job = ref *(BinaryJob<TFunction, T>*)state;
        long begin = Partition.Begin(job.Units, job.Parts, part), end = Partition.Begin(job.Units, job.Parts, part + 1);
        if (job.Flat)
        {
            Cells(job.ConstantA ? job.A : job.A + begin, job.ConstantA, job.ConstantB ? job.B : job.B + begin, job.ConstantB, job.To + begin, (nint)(end - begin));
            return;
        }

        for (nint i = (nint)begin; i < end; i++)
        {
            Cells(job.A + i * job.StepA, job.ConstantA, job.B + i * job.StepB, job.ConstantB, job.To + i * job.Columns, job.Columns);
        }
    }

    /// <summary>to[i] = f(a[i], b[i]) where a constant operand stays at its first cell.</summary>
    public static void Cells(T* a, bool constantA, T* b, bool constantB, T* to, nint n)
    {
        if (n <= 0)
        {
            return;
        }

        // The result may take the place of a constant operand: read that before anything is written.
        T firstA = *a, firstB = *b;
        nint i = 0;
        if (TFunction.HasVector)
        {
            if (constantB)
            {
                var vb = new Vector<T>(firstB);
                for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
                {
                    Vector.Store(TFunction.Vectors(Vector.Load(a + i), vb), to + i);
                }
            }
            else if (constantA)
            {
                var va = new Vector<T>(firstA);
                for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
                {
                    Vector.Store(TFunction.Vectors(va, Vector.Load(b + i)), to + i);
                }
            }
            else
            {
                for (; i <= n - Vector<T>.Count; i += Vector<T>.Count)
                {
                    Vector.Store(TFunction.Vectors(Vector.Load(a + i), Vector.Load(b + i)), to + i);
                }
            }
        }

        for (; i < n; i++)
        {
            to[i] = TFunction.Scalar(constantA ? firstA : a[i], constantB ? firstB : b[i]);
        }
    }
}
