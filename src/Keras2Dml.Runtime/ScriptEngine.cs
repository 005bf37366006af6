using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Semantics.Checking;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Execution;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime;

/// <summary>How a script is compiled.</summary>
internal sealed record CompileOptions
{
    /// <summary><c>$</c> arguments, names without the dollar sign; positional ones are "1", "2", ...</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    /// <summary>Text of a sourced file by path, or null when there is none. Asked before the file system.</summary>
    public Func<string, string?> FindSource { get; init; } = _ => null;

    /// <summary>True when path and text are a file of our library unchanged (hash), so that intrinsics and host bindings may replace its functions.</summary>
    public Func<string, string, bool> IsLibraryFile { get; init; } = (_, _) => false;

    /// <summary>Element kind of matrices derived from single inputs.</summary>
    public MatrixType Precision { get; init; } = MatrixType.Double;

    /// <summary>Names of rewrites to leave out.</summary>
    public IReadOnlySet<string> DisabledRewrites { get; init; } = new HashSet<string>();

    /// <summary>Folder from which sourced files are looked up.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>Functions of <c>keras2dml/host.dml</c> that <see cref="ExecutionContext.HostFunctions"/> will hold.</summary>
    public IReadOnlySet<string> HostFunctions { get; init; } = new HashSet<string>();

    /// <summary>True checks every plan against the rules of a legal plan; for tests.</summary>
    public bool VerifyPlans { get; init; }

    /// <summary>False runs the DML bodies of library functions instead of intrinsics.</summary>
    public bool UseIntrinsics { get; init; } = true;
}

/// <summary>Compiles scripts.</summary>
internal static class ScriptEngine
{
    /// <summary>Parses a script and everything it sources, and checks it. Plans are made when a part is first reached, for the sizes it meets, and kept.</summary>
    /// <param name="text">The script.</param>
    /// <param name="path">Its name in messages.</param>
    /// <param name="options">Arguments, sources, precision, rewrites.</param>
    /// <exception cref="Keras2DmlException">The script is invalid; all problems are listed.</exception>
    public static CompiledProgram Compile(string text, string path, CompileOptions options)
    {
        var diagnostics = new DiagnosticBag();
        LoadedScript script = new ScriptLoader(options.FindSource, options.IsLibraryFile, options.WorkingDirectory, diagnostics).Load(path, text, options.Arguments);
        diagnostics.ThrowIfAny();
        ProgramChecker.Check(script, diagnostics);
        diagnostics.ThrowIfAny();
        return new CompiledProgram(script, options);
    }
}

/// <summary>A function of the caller in place of a library function of <c>keras2dml/host.dml</c>.</summary>
internal delegate void HostFunction(ReadOnlySpan<Value> arguments, Span<Value> results);

/// <summary>What a run may use: memory, threads, bound inputs and outputs, host functions.</summary>
internal sealed class ExecutionContext : IDisposable
{
    private RunStatistics? statistics;

    public required IBackend Backend { get; init; }

    public BufferPool Pool { get; init; } = new();

    public required Threads.WorkerPool Threads { get; init; }

    /// <summary>Receives what the script prints.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Matrices that <c>read("memory:NAME")</c> gives; the context holds one count of each.</summary>
    public Dictionary<string, Matrix> MemoryInputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Matrices that <c>write(x, "memory:NAME")</c> stored; the context holds one count of each.</summary>
    public Dictionary<string, Matrix> MemoryOutputs { get; } = new(StringComparer.Ordinal);

    /// <summary>Host functions by name, for example <c>epoch_end</c>.</summary>
    public Dictionary<string, HostFunction> HostFunctions { get; } = new(StringComparer.Ordinal);

    public CancellationToken Cancellation { get; set; }

    /// <summary>Measure time per operator.</summary>
    public bool CollectStatistics { get; init; }

    /// <summary>Record trace events.</summary>
    public bool Trace { get; init; }

    /// <summary>What the last run took.</summary>
    public RunStatistics Statistics => statistics ??= new RunStatistics(CollectStatistics, Trace);

    /// <summary>Folder for relative paths of read and write.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    public void Dispose()
    {
        foreach (Matrix m in MemoryInputs.Values.Concat(MemoryOutputs.Values))
        {
            m.Release();
        }

        MemoryInputs.Clear();
        MemoryOutputs.Clear();
    }
}
