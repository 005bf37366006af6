using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Elementwise;

/// <summary>A cellwise operator: its kernel, and its loop over a run of cells for chains.</summary>
internal sealed unsafe class CellFunction
{
    private CellFunction(int inputs, Kernel kernel, void* single, void* dual)
    {
        Inputs = inputs;
        Kernel = kernel;
        Single = single;
        Double = dual;
    }

    /// <summary>Number of operands.</summary>
    public int Inputs { get; }

    public Kernel Kernel { get; }

    /// <summary>
    /// The loop for floats: (from, to, n) with one operand, (a, constant a, b, constant b, to, n) with two,
    /// (c, constant c, a, constant a, b, constant b, to, n) with three.
    /// </summary>
    public void* Single { get; }

    /// <summary>The loop for doubles.</summary>
    public void* Double { get; }

    public static CellFunction Unary<TFunction>()
        where TFunction : struct, IUnaryFunction =>
        new(1, UnaryKernel<TFunction>.Run, (delegate*<float*, float*, int, void>)&UnaryKernel<TFunction>.Cells<float>, (delegate*<double*, double*, int, void>)&UnaryKernel<TFunction>.Cells<double>);

    public static CellFunction Binary<TFunction>()
        where TFunction : struct, IBinaryFunction =>
        new(
            2,
            BinaryKernel<TFunction>.Run,
            (delegate*<float*, bool, float*, bool, float*, nint, void>)&BinaryJob<TFunction, float>.Cells,
            (delegate*<double*, bool, double*, bool, double*, nint, void>)&BinaryJob<TFunction, double>.Cells);

    /// <summary>ifelse.</summary>
    public static CellFunction Choice() =>
        new(
            3,
            IfElseKernel.Run,
            (delegate*<float*, bool, float*, bool, float*, bool, float*, nint, void>)&IfElseKernel.Cells<float>,
            (delegate*<double*, bool, double*, bool, double*, bool, double*, nint, void>)&IfElseKernel.Cells<double>);
}
