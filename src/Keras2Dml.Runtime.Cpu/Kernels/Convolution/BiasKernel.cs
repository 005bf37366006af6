using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

namespace Keras2Dml.Runtime.Cpu.Kernels.Convolution;

/// <summary>bias_add and bias_multiply: one value of b (K x 1) for all cells of a channel of X: N x (K*cells).</summary>
internal static unsafe class BiasKernel<TFunction>
    where TFunction : struct, IBinaryFunction
{
    private struct Job<T>
        where T : unmanaged
    {
        public T* X, B, To;
        public int Channels, Cells, Parts;
        public long Planes;
    }

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

    private static void Run<T>(ref KernelCall call)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> x = Operand<T>.Of(ref call, 0);
        using Operand<T> b = Operand<T>.Of(ref call, 1);
        if (b.Columns != 1 || x.Columns % b.Rows != 0)
        {
            throw KernelErrors.OperandShapes.With(x.Rows, x.Columns, b.Rows, b.Columns);
        }

        Matrix result = Result.Reusing(ref call, x.IsOwn ? 1ul : 0, x.Rows, x.Columns, Element.TypeOf<T>());
        var job = new Job<T> { X = x.Data, B = b.Data, To = (T*)result.Data, Channels = b.Rows, Cells = x.Columns / b.Rows, Planes = (long)x.Rows * b.Rows };
        job.Parts = Partition.Parts(job.Planes, job.Cells);
        call.Threads.Run(job.Parts, &job, &Part<T>);
        call.Return(0, result);
    }

    private static void Part<T>(void* state, int part)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref Job<T> job = ref *(Job<T>*)state;
        long end = Partition.Begin(job.Planes, job.Parts, part + 1);
        for (long i = Partition.Begin(job.Planes, job.Parts, part); i < end; i++)
        {
            BinaryJob<TFunction, T>.Cells(job.X + i * job.Cells, false, job.B + i % job.Channels, true, job.To + i * job.Cells, job.Cells);
        }
    }
}
