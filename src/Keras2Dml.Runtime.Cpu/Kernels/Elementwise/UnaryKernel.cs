using System.Numerics;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>Cell-by-cell function of one input.</summary>
internal static unsafe class UnaryKernel<TFunction>
    where TFunction : struct, IUnaryFunction
{
    private struct Job
    {
        public void* From, To;
        public long Length;
        public int Parts;
    }

    public static void Run(ref KernelCall call)
    {
        if (call.Inputs[0].IsScalar)
        {
            double x = call.Number(0), y = 0;
            TFunction.Apply(new ReadOnlySpan<double>(in x), new Span<double>(ref y));
            call.Return(0, y);
            return;
        }

        Matrix a = call.Matrix(0);
        Matrix result = call.RentOrReuse(0, a.Rows, a.Columns, a.Type);
        var job = new Job { From = a.Data, To = result.Data, Length = a.Length, Parts = Partition.Parts(a.Length, 1, Partition.Grain / 4) };
        call.Threads.Run(job.Parts, &job, a.Type == MatrixType.Single ? &Part<float> : &Part<double>);
        call.Return(0, result);
    }

    private static void Part<T>(void* state, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Job job = ref *(Job*)state;
        long begin = Partition.Begin(job.Length, job.Parts, part), end = Partition.Begin(job.Length, job.Parts, part + 1);
        Cells((T*)job.From + begin, (T*)job.To + begin, (int)(end - begin));
    }

    /// <summary>to[i] = f(from[i]).</summary>
    public static void Cells<T>(T* from, T* to, int n)
        where T : unmanaged
    {
        if (sizeof(T) == 4)
        {
            TFunction.Apply(new ReadOnlySpan<float>(from, n), new Span<float>(to, n));
        }
        else
        {
            TFunction.Apply(new ReadOnlySpan<double>(from, n), new Span<double>(to, n));
        }
    }
}
