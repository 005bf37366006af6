using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Benchmarks;

/// <summary>Runs kernels one by one on single-precision matrices and adds up the time of each operator.</summary>
internal sealed class KernelMachine(int threads) : IDisposable
{
    private readonly CpuBackend backend = new();
    private readonly Value[] inputs = new Value[32];
    private readonly Value[] outputs = new Value[8];

    public BufferPool Pool { get; } = new();

    public WorkerPool Threads { get; } = new(threads);

    /// <summary>Milliseconds by operator, in the order of first use.</summary>
    public Dictionary<string, double> Times { get; } = [];

    public Matrix Random(int rows, int columns, double scale, int seed)
    {
        Matrix m = Pool.Rent(rows, columns, MatrixType.Single);
        var random = new Random(seed);
        foreach (ref float cell in m.Singles)
        {
            cell = (float)((random.NextDouble() * 2 - 1) * scale);
        }

        return m;
    }

    /// <summary>Runs an operator; <paramref name="dying"/> marks inputs that are released by it.</summary>
    public Matrix Run(string name, ulong dying, ReadOnlySpan<Value> arguments, CellProgram? program = null)
    {
        arguments.CopyTo(inputs);
        double start = Timing.Now();
        var call = new KernelCall { Inputs = inputs.AsSpan(0, arguments.Length), Outputs = outputs, Dying = dying, Pool = Pool, Threads = Threads, Precision = MatrixType.Single, Program = program };
        backend.Find(name)!(ref call);
        string key = name;
        System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(Times, key, out _) += Timing.Now() - start;
        for (int i = 0; i < arguments.Length; i++)
        {
            if ((dying >> i & 1) != 0)
            {
                arguments[i].AsMatrix().Release();
            }
        }

        return outputs[0].Tag == ValueTag.Matrix ? outputs[0].AsMatrix() : null!;
    }

    public void Dispose() => Threads.Dispose();
}
