using Keras2Dml.Runtime.Cpu.Kernels.Multiply;

namespace Keras2Dml.Runtime.Cpu.Kernels.LinearAlgebra;

/// <summary>Matrix multiply, equations and decompositions.</summary>
internal static class LinearAlgebraTable
{
    public static KernelTable All { get; } = new()
    {
        ["matrixmultiply"] = MultiplyKernel.Plain,
        ["multiply_bias"] = MultiplyKernel.WithBias,
        ["multiply_bias_relu"] = MultiplyKernel.WithBiasRelu,
        ["solve"] = SolveKernel.Solve,
        ["inv"] = SolveKernel.Inverse,
        ["det"] = SolveKernel.Determinant,
        ["cholesky"] = SolveKernel.Cholesky,
        ["lu"] = SolveKernel.Lu,
        ["qr"] = QrKernel.Run,
        ["eigen"] = EigenKernel.Run,
        ["svd"] = EigenKernel.SingularValues,
    };
}
