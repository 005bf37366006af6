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
