using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Runtime.Tests;

/// <summary>Runs scripts: matrices in and out by name, printed text.</summary>
internal sealed class ScriptRun : IDisposable
{
    private readonly WorkerPool workers;

    private ScriptRun(WorkerPool workers, ExecutionContext context, string text)
    {
        this.workers = workers;
        Context = context;
        Text = text;
    }

    public ExecutionContext Context { get; }

    /// <summary>What the script printed.</summary>
    public string Text { get; }

    public static ScriptRun Of(string script, IReadOnlyDictionary<string, double[,]>? inputs = null, CompileOptions? options = null, int threads = 1, bool collectStatistics = false) =>
        Of(ScriptEngine.Compile(script, "test.dml", (options ?? new CompileOptions()) with { VerifyPlans = true }), inputs, options?.Precision ?? MatrixType.Double, threads, collectStatistics);

    public static ScriptRun Of(CompiledProgram program, IReadOnlyDictionary<string, double[,]>? inputs = null, MatrixType type = MatrixType.Double, int threads = 1, bool collectStatistics = false)
    {
        var threadPool = new WorkerPool(threads);
        var output = new StringWriter { NewLine = "\n" };
        var context = new ExecutionContext { Backend = new CpuBackend(), Threads = threadPool, Output = output, CollectStatistics = collectStatistics };
        foreach ((string name, double[,] cells) in inputs ?? new Dictionary<string, double[,]>())
        {
            Matrix matrix = context.Pool.Rent(cells.GetLength(0), cells.GetLength(1), type);
            for (int row = 0; row < matrix.Rows; row++)
            {
                for (int column = 0; column < matrix.Columns; column++)
                {
                    matrix[row, column] = cells[row, column];
                }
            }

            context.MemoryInputs[name] = matrix;
        }

        program.Execute(context);
        return new ScriptRun(threadPool, context, output.ToString());
    }

    /// <summary>Cells of a matrix that the script wrote to <c>memory:NAME</c>.</summary>
    public double[] Cells(string name)
    {
        Matrix matrix = Context.MemoryOutputs[name];
        return [.. Enumerable.Range(0, (int)matrix.Length).Select(i => matrix.Get(i))];
    }

    /// <summary>All written matrices by name.</summary>
    public IReadOnlyDictionary<string, double[]> Outputs => Context.MemoryOutputs.Keys.ToDictionary(k => k, Cells);

    /// <summary>Cells that look random, the same each time.</summary>
    public static double[,] Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var cells = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                cells[row, column] = random.NextDouble() * 2 - 1;
            }
        }

        return cells;
    }

    public void Dispose()
    {
        Context.Dispose();
        Context.Pool.Dispose();
        workers.Dispose();
    }
}
