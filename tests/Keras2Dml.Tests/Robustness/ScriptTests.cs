using System.Globalization;
using Keras2Dml.Core.Memory;
using Keras2Dml.Execution;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Scripts with changed tokens: they run or end in catalogue errors, and a run can always be stopped.</summary>
public sealed class ScriptTests : IDisposable
{
    private const long Memory = 1 << 26;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly string folder = Directory.CreateTempSubdirectory("keras2dml-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Scripts_of_the_language() => Check(800, Checkout.Golden("dml"));

    [Fact]
    public void Generated_scripts() => Check(30, Checkout.PathOf("tests/Keras2Dml.Codegen.Tests/Snapshots"));

    [Fact]
    public void Files_of_the_library() => Check(150, Checkout.PathOf("dml"));

    private void Check(int rounds, string from)
    {
        string[] scripts = [.. Directory.EnumerateFiles(from, "*.dml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        var mutator = new ScriptMutator(scripts);

        // Matrices are bounded by the pool; an endless loop over strings may make garbage as long as it likes.
        Fuzz.Run(rounds, random => Run(mutator.Change(scripts[random.Next(scripts.Length)], random)), long.MaxValue);
    }

    private void Run(string text)
    {
        CompiledProgram program = ScriptEngine.Compile(text, "fuzz.dml", new ComputeOptions().ForEngine(new Dictionary<string, string>()) with { WorkingDirectory = folder, VerifyPlans = true });
        using var pool = new BufferPool(Memory);
        using var threads = new WorkerPool(1);
        using var limit = new CancellationTokenSource(Limit);
        using var context = new Keras2Dml.Runtime.ExecutionContext
        {
            Backend = new CpuBackend(), Pool = pool, Threads = threads, Output = new StringWriter(CultureInfo.InvariantCulture), WorkingDirectory = folder, Cancellation = limit.Token,
        };
        try
        {
            program.Execute(context);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // An endless loop that could be stopped.
        }
    }
}
