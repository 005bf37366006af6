using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Threads;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Backends;

/// <summary>Executes one operator. Kernels are stateless and allocate no managed memory.</summary>
internal delegate void Kernel(ref KernelCall call);

/// <summary>One execution of an operator: inputs, outputs, memory, threads.</summary>
/// <remarks>
/// Inputs are matrices (not to be changed or released) or scalars, in the order the operator declares. The kernel stores
/// one new value per output. <see cref="RentOrReuse"/> gives the result matrix; it is an input's own memory when that input dies here.
/// </remarks>
internal ref struct KernelCall
{
    public ReadOnlySpan<Value> Inputs;
    public Span<Value> Outputs;

    /// <summary>Bit i is set when input i is a matrix that dies with this instruction.</summary>
    public ulong Dying;

    /// <summary>Element kind of results that follow no input: fills and random draws. Double unless the instruction says otherwise.</summary>
    public MatrixType Precision;

    /// <summary>The instruction's constant beyond its inputs, for example the <see cref="Dml.Operators.CellProgram"/> of a cell chain.</summary>
    public object? Program;

    public BufferPool Pool;
    public WorkerPool Threads;

    public readonly Matrix Matrix(int input) => Inputs[input].AsMatrix();

    public readonly double Number(int input) => Inputs[input].AsDouble();

    public readonly int Integer(int input) => checked((int)Inputs[input].AsInteger());

    public readonly string Text(int input) => Inputs[input].AsString();

    /// <summary>A result matrix: the memory of the given input if that dies here, is exclusive and has the same size and type; otherwise a new one.</summary>
    /// <remarks>With reuse the element at i must be read before the result at i is written. The result has its own holder's count.</remarks>
    public readonly Matrix RentOrReuse(int input, int rows, int columns, MatrixType type)
    {
        if ((Dying >> input & 1) != 0 && Inputs[input].Tag == ValueTag.Matrix)
        {
            Matrix m = Inputs[input].AsMatrix();
            if (m.IsExclusive && m.Rows == rows && m.Columns == columns && m.Type == type)
            {
                return m.Retain();
            }
        }

        return Pool.Rent(rows, columns, type);
    }

    public readonly void Return(int output, Matrix matrix) => Outputs[output] = Value.Of(matrix);

    public readonly void Return(int output, double number) => Outputs[output] = Value.Of(number);
}

/// <summary>A device that runs operators: which it supports, and the code for each.</summary>
internal interface IBackend
{
    /// <summary>Name in explain output and statistics, for example <c>CPU</c>.</summary>
    string Name { get; }

    /// <summary>The kernel of an operator, or null when this backend has none.</summary>
    Kernel? Find(string operatorName);
}
