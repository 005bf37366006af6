using System.Numerics;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

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
