using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Backends;
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

    /// <summary>False runs the DML bodies of library functions instead of intrinsics.</summary>
    public bool UseIntrinsics { get; init; } = true;
}

/// <summary>A function of the caller in place of a library function of <c>keras2dml/host.dml</c>.</summary>
internal delegate void HostFunction(ReadOnlySpan<Value> arguments, Span<Value> results);

/// <summary>What a run may use: memory, threads, bound inputs and outputs, host functions.</summary>
internal sealed class ExecutionContext : IDisposable
{
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

    public CancellationToken Cancellation { get; init; }

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
