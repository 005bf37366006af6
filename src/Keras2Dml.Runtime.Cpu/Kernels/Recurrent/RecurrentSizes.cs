using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Backends;

namespace Keras2Dml.Runtime.Cpu.Kernels.Recurrent;

/// <summary>Sizes and options of a recurrent layer.</summary>
internal struct RecurrentSizes
{
    /// <summary>Rows, steps, features, units, and columns of a preactivation.</summary>
    public int N, T, D, M, G;

    /// <summary>Outputs of all steps; from the last time to the first; a mask is given; masked steps put out zeros.</summary>
    public bool Sequences, Backwards, Masked, ZeroOutput;

    /// <summary>Time that a step works on.</summary>
    public readonly int Time(int step) => Backwards ? T - 1 - step : step;

    /// <summary>Reads T, D and the options from an input on, and checks the sequence and the kernels against them.</summary>
    public static RecurrentSizes Read(ref KernelCall call, int first, int gates, int sequence, int kernel, int recurrentKernel, int mask)
    {
        var x = call.Matrix(sequence);
        var w = call.Matrix(kernel);
        var u = call.Matrix(recurrentKernel);
        var s = new RecurrentSizes
        {
            N = x.Rows, T = call.Integer(first), D = call.Integer(first + 1), M = u.Rows, G = gates * u.Rows,
            Sequences = call.Inputs[first + 2].AsBoolean(), Backwards = call.Inputs[first + 3].AsBoolean(),
            Masked = call.Inputs[first + 4].AsBoolean(), ZeroOutput = call.Inputs[first + 5].AsBoolean(),
        };
        Check("the sequence", x.Rows, x.Columns, s.N, s.T * s.D);
        Check("the kernel", w.Rows, w.Columns, s.D, s.G);
        Check("the recurrent kernel", u.Rows, u.Columns, s.M, s.G);
        if (s.Masked)
        {
            Check("the mask", call.Matrix(mask).Rows, call.Matrix(mask).Columns, s.N, s.T);
        }

        return s;
    }

    /// <summary>Throws when a matrix has another size.</summary>
    public static void Check(string what, int rows, int columns, int expectedRows, int expectedColumns)
    {
        if (rows != expectedRows || columns != expectedColumns)
        {
            throw KernelErrors.Shape.With("A recurrent layer", $"{what} as {expectedRows} x {expectedColumns}", rows, columns);
        }
    }
}
