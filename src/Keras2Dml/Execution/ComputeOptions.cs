using Keras2Dml.Core.Memory;
using Keras2Dml.Library;
using Keras2Dml.Runtime;

namespace Keras2Dml.Execution;

/// <summary>How scripts are compiled and run, whatever they compute.</summary>
internal sealed record ComputeOptions
{
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>Worker threads; 0 for all cores.</summary>
    public int Threads { get; init; }

    public long? MemoryBudget { get; init; }

    public IReadOnlySet<string> DisabledRewrites { get; init; } = new HashSet<string>();

    public bool UseIntrinsics { get; init; } = true;

    public bool CollectStatistics { get; init; }

    /// <summary>Host functions that runs bind.</summary>
    public IReadOnlySet<string> HostFunctions { get; init; } = new HashSet<string>();

    public MatrixType MatrixType => Precision == Precision.Single ? MatrixType.Single : MatrixType.Double;

    public int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;

    /// <summary>The engine's options with our library as source of <c>keras2dml/</c> files.</summary>
    public CompileOptions ForEngine(IReadOnlyDictionary<string, string> arguments) => new()
    {
        Arguments = arguments,
        FindSource = LibraryText.Find,
        IsLibraryFile = (path, text) => LibraryPath(path) is { } own && LibraryText.FindHash(own) == LibraryText.HashOf(text),
        Precision = MatrixType,
        DisabledRewrites = DisabledRewrites,
        UseIntrinsics = UseIntrinsics,
        HostFunctions = HostFunctions,
    };

    // A library file is ours wherever it was found: only the part from keras2dml/ on counts.
    private static string? LibraryPath(string path)
    {
        string normal = path.Replace('\\', '/');
        int start = normal.LastIndexOf("keras2dml/", StringComparison.Ordinal);
        return start < 0 ? null : normal[start..];
    }
}
