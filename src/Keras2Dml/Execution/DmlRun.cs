using System.Text.RegularExpressions;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Execution;

/// <summary>How a user's own script runs.</summary>
internal sealed record DmlRunOptions
{
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    public Precision Precision { get; init; } = Precision.Double;

    public long? MemoryBudget { get; init; }

    public int Threads { get; init; }

    public IReadOnlySet<string> DisabledRewrites { get; init; } = new HashSet<string>();

    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Folder for relative paths in read, write and source.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    public string? TracePath { get; init; }

    /// <summary>Measure time and calls per operator and per rewrite.</summary>
    public bool CollectStatistics { get; init; }
}

/// <summary>A user's DML script on the embedded engine.</summary>
internal sealed partial class DmlRun : IDisposable
{
    private readonly CompiledProgram program;
    private readonly Runtime.ExecutionContext context;
    private readonly BufferPool pool;
    private readonly WorkerPool threads;
    private readonly DmlRunOptions options;

    /// <summary>Names of all rewrites, in their order.</summary>
    public static IEnumerable<string> RewriteNames => Dml.Rewrites.Rewrites.All.Select(r => r.Name);

    /// <summary>Reads and compiles the script.</summary>
    /// <exception cref="Keras2DmlException">The script is invalid.</exception>
    public DmlRun(DmlRunOptions options)
    {
        this.options = options;
        var compute = new ComputeOptions { Precision = options.Precision, Threads = options.Threads, DisabledRewrites = options.DisabledRewrites };
        program = ScriptEngine.Compile(File.ReadAllText(System.IO.Path.Combine(options.WorkingDirectory, options.Path)), options.Path, compute.ForEngine(options.Arguments) with { WorkingDirectory = options.WorkingDirectory });
        pool = new BufferPool(options.MemoryBudget ?? long.MaxValue);
        threads = new WorkerPool(compute.ThreadCount);
        context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Pool = pool, Threads = threads, Output = options.Output, WorkingDirectory = options.WorkingDirectory, Trace = options.TracePath is not null, CollectStatistics = options.CollectStatistics };
    }

    public void Execute(CancellationToken cancellation)
    {
        context.Cancellation = cancellation;
        program.Execute(context);
        if (options.TracePath is { } path)
        {
            program.WriteTrace(context, path);
        }
    }

    public string Explain(string stage) => program.Explain(stage);

    /// <summary>An intermediate form of a script text that is not run: its blocks as they are before sizes are known.</summary>
    public static string Explain(string text, string stage)
    {
        var compute = new ComputeOptions();
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = "model", ["out"] = "out" };
        foreach (string name in ReadArgument().Matches(text).Select(m => m.Groups["name"].Value))
        {
            arguments[name] = name + ".csv";
        }

        return ScriptEngine.Compile(text, "script.dml", compute.ForEngine(arguments)).Explain(stage);
    }

    public string Statistics() => program.StatisticsText(context);

    /// <inheritdoc/>
    public void Dispose()
    {
        context.Dispose();
        threads.Dispose();
        pool.Dispose();
    }

    [GeneratedRegex(@"read\(\$(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReadArgument();
}
