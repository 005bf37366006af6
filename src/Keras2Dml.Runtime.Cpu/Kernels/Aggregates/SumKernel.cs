using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Kernels.Aggregates;

/// <summary>Sums and means: compensated in double precision, plain double sums for single-precision matrices.</summary>
internal static class SumKernel
{
    public static void SumAll(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.All(ref call, call.Matrix(0)));
        }
        else
        {
            AggregateKernel<Sum>.All(ref call);
        }
    }

    public static void SumRows(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.Rows(ref call, call.Matrix(0), 1));
        }
        else
        {
            AggregateKernel<Sum>.Rows(ref call);
        }
    }

    public static void SumColumns(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.Columns(ref call, call.Matrix(0), 1));
        }
        else
        {
            AggregateKernel<Sum>.Columns(ref call);
        }
    }

    public static void MeanAll(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.All(ref call, call.Matrix(0)) / call.Matrix(0).Length);
        }
        else
        {
            AggregateKernel<Mean>.All(ref call);
        }
    }

    public static void MeanRows(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.Rows(ref call, call.Matrix(0), call.Matrix(0).Columns));
        }
        else
        {
            AggregateKernel<Mean>.Rows(ref call);
        }
    }

    public static void MeanColumns(ref KernelCall call)
    {
        if (IsSingle(ref call))
        {
            call.Return(0, SingleSums.Columns(ref call, call.Matrix(0), call.Matrix(0).Rows));
        }
        else
        {
            AggregateKernel<Mean>.Columns(ref call);
        }
    }

    /// <summary>Sum of the diagonal.</summary>
    public static void Trace(ref KernelCall call)
    {
        Matrix a = call.Matrix(0);
        if (a.Rows != a.Columns)
        {
            throw KernelErrors.Shape.With("trace", "a square matrix", a.Rows, a.Columns);
        }

        KahanSum sum = default;
        for (int i = 0; i < a.Rows; i++)
        {
            sum.Add(a[i, i]);
        }

        call.Return(0, sum.Sum);
    }

    private static bool IsSingle(ref KernelCall call) => call.Inputs[0].Tag == ValueTag.Matrix && call.Matrix(0).Type == MatrixType.Single;
}
