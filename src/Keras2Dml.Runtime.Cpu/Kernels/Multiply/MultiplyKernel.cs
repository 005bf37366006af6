using System.Numerics;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Multiply;

/// <summary>Matrix multiply with either side transposed, and with bias and ReLU applied to the result.</summary>
internal static unsafe class MultiplyKernel
{
    /// <summary>Product. Inputs: A, B, transpose A, transpose B.</summary>
    public static void Plain(ref KernelCall call) => Run(ref call, call.Inputs[2].AsBoolean(), call.Inputs[3].AsBoolean(), false, false);

    /// <summary>A %*% B + row vector. Inputs: A, B, bias (1 x n).</summary>
    public static void WithBias(ref KernelCall call) => Run(ref call, false, false, true, false);

    /// <summary>max(A %*% B + row vector, 0). Inputs: A, B, bias (1 x n).</summary>
    public static void WithBiasRelu(ref KernelCall call) => Run(ref call, false, false, true, true);

    private static void Run(ref KernelCall call, bool transposedA, bool transposedB, bool bias, bool relu)
    {
        if (Element.Common(ref call, 0, 1) == MatrixType.Single)
        {
            Run<float>(ref call, transposedA, transposedB, bias, relu);
        }
        else
        {
            Run<double>(ref call, transposedA, transposedB, bias, relu);
        }
    }

    private static void Run<T>(ref KernelCall call, bool transposedA, bool transposedB, bool bias, bool relu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using Operand<T> a = Operand<T>.Of(ref call, 0);
        using Operand<T> b = Operand<T>.Of(ref call, 1);
        using Operand<T> c = bias ? Operand<T>.Of(ref call, 2) : default;
        int m = transposedA ? a.Columns : a.Rows, inner = transposedA ? a.Rows : a.Columns, n = transposedB ? b.Rows : b.Columns;
        if (inner != (transposedB ? b.Columns : b.Rows))
        {
            throw KernelErrors.InnerDimensions.With(m, inner, transposedB ? b.Columns : b.Rows, n);
        }

        if (bias && (c.Rows != 1 || c.Columns != n))
        {
            throw KernelErrors.OperandShapes.With(m, n, c.Rows, c.Columns);
        }

        Matrix result = call.Pool.Rent(m, n, Element.TypeOf<T>());
        var operands = new GemmOperands<T>
        {
            M = m, N = n, K = inner, A = a.Data, LdA = a.Columns, TransposedA = transposedA, B = b.Data, LdB = b.Columns, TransposedB = transposedB,
            C = (T*)result.Data, LdC = n, Bias = bias ? c.Data : null, Relu = relu,
        };
        if (n == 1 && !bias)
        {
            MatrixVector<T>.Run(operands, call.Threads);
        }
        else
        {
            Gemm<T>.Run(operands, call.Pool, call.Threads);
        }

        call.Return(0, result);
    }
}
