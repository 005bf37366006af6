using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Threads;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Cpu.Tests;

/// <summary>Runs kernels on arrays.</summary>
internal sealed class KernelRunner : IDisposable
{
    private static readonly CpuBackend Backend = new();
    private readonly WorkerPool threads;

    public KernelRunner(int threadCount = 1, MatrixType type = MatrixType.Double)
    {
        threads = new WorkerPool(threadCount);
        Type = type;
    }

    public BufferPool Pool { get; } = new();

    public WorkerPool Threads => threads;

    /// <summary>Kind of matrices made by <see cref="Matrix"/> and of fills and draws.</summary>
    public MatrixType Type { get; }

    public Matrix Matrix(double[,] cells, MatrixType? type = null)
    {
        Matrix m = Pool.Rent(cells.GetLength(0), cells.GetLength(1), type ?? Type);
        for (int i = 0; i < m.Rows; i++)
        {
            for (int j = 0; j < m.Columns; j++)
            {
                m[i, j] = cells[i, j];
            }
        }

        return m;
    }

    /// <summary>Runs an operator; arrays become matrices, everything else scalars. Gives all outputs as arrays (scalars 1 x 1).</summary>
    public double[][,] Run(string name, params object[] inputs) => Run(name, dying: 0, inputs);

    public double[,] First(string name, params object[] inputs) => Run(name, inputs)[0];

    /// <summary>Runs a cell chain.</summary>
    public double[,] RunProgram(CellProgram program, ulong dying, params object[] inputs) => Run("cell_chain", dying, inputs, program)[0];

    public double[][,] Run(string name, ulong dying, object[] inputs, object? program = null)
    {
        Value[] values = [.. inputs.Select(ToValue)];
        Value[] outputs = new Value[8];
        var call = new KernelCall { Inputs = values, Outputs = outputs, Dying = dying, Pool = Pool, Threads = threads, Precision = Type, Program = program };
        Kernel kernel = Backend.Find(name) ?? throw new InvalidOperationException($"No kernel {name}.");
        double[][,] results;
        try
        {
            kernel(ref call);
            results = [.. outputs.TakeWhile(v => v.Tag != ValueTag.None).Select(ToArray)];
        }
        finally
        {
            foreach (Value v in values.Concat(outputs))
            {
                if (v.Tag == ValueTag.Matrix)
                {
                    v.AsMatrix().Release();
                }
            }
        }

        // Whatever a kernel rented for itself must be back.
        Assert.Equal(0, Pool.UsedBytes);
        return results;
    }

    public void Dispose() => threads.Dispose();

    public static double[,] ToArray(Value v)
    {
        if (v.Tag != ValueTag.Matrix)
        {
            return new double[,] { { v.AsDouble() } };
        }

        Matrix m = v.AsMatrix();
        var cells = new double[m.Rows, m.Columns];
        for (int i = 0; i < m.Rows; i++)
        {
            for (int j = 0; j < m.Columns; j++)
            {
                cells[i, j] = m[i, j];
            }
        }

        return cells;
    }

    private Value ToValue(object input) => input switch
    {
        double[,] cells => Value.Of(Matrix(cells)),
        Matrix m => Value.Of(m),
        double d => Value.Of(d),
        int i => Value.Of((long)i),
        bool b => Value.Of(b),
        string s => Value.Of(s),
        _ => throw new ArgumentException($"No value for {input.GetType()}.", nameof(input)),
    };
}
