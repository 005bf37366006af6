using Keras2Dml.Codegen;
using Keras2Dml.Core.Memory;
using Keras2Dml.Library;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Benchmarks;

/// <summary>A generated script compiled for the engine in single precision, with matrices bound to its reads and writes.</summary>
internal sealed class GeneratedRunner : IDisposable
{
    private readonly CompiledProgram program;
    private readonly WorkerPool threads;

    public GeneratedRunner(GeneratedScript script, int threadCount)
    {
        Script = script;
        threads = new WorkerPool(threadCount);
        var arguments = new Dictionary<string, string> { ["model"] = "memory:model", ["out"] = "memory:out" };
        foreach (ScriptBinding binding in script.Reads.Concat(script.Writes).Where(b => b.IsArgument))
        {
            arguments[binding.Name] = "memory:" + binding.Name;
        }

        program = ScriptEngine.Compile(script.Text, "script.dml", new CompileOptions
        {
            Arguments = arguments, FindSource = LibraryText.Find, IsLibraryFile = (path, text) => LibraryText.FindHash(path) == LibraryText.HashOf(text),
            Precision = MatrixType.Single,
        });
    }

    public GeneratedScript Script { get; }

    public BufferPool Pool { get; } = new();

    public string Statistics { get; private set; } = "";

    public string Plan => program.Explain("plan");

    /// <summary>Runs with the matrices that <paramref name="find"/> gives for the reads; milliseconds and managed bytes of the run, and what it wrote.</summary>
    public (double Time, long Bytes, Dictionary<string, Matrix> Outputs) Run(Func<ScriptBinding, Matrix> find)
    {
        using var context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Pool = Pool, Threads = threads };
        foreach (ScriptBinding binding in Script.Reads)
        {
            context.MemoryInputs[Key(binding, "model")] = find(binding);
        }

        long bytes = GC.GetTotalAllocatedBytes(true);
        double start = Timing.Now();
        program.Execute(context);
        double time = Timing.Now() - start;
        bytes = GC.GetTotalAllocatedBytes(true) - bytes;
        Statistics = program.StatisticsText(context);
        var outputs = Script.Writes.Where(w => context.MemoryOutputs.ContainsKey(Key(w, "out"))).ToDictionary(w => w.Name, w => context.MemoryOutputs[Key(w, "out")].Retain());
        return (time, bytes, outputs);
    }

    public void Dispose()
    {
        threads.Dispose();
        Pool.Dispose();
    }

    private static string Key(ScriptBinding binding, string folder) => binding.IsArgument ? binding.Name : $"{folder}/{binding.Name}.csv";
}
