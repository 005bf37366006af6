using Keras2Dml.Codegen;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Graph;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Execution;

/// <summary>A generated script compiled for the embedded engine, with its reads and writes bound to tensors of the caller.</summary>
internal sealed class ModelScript : IDisposable
{
    private const string ModelFolder = "memory:model";
    private const string OutFolder = "memory:out";
    private readonly ComputeOptions options;
    private readonly CompiledProgram program;
    private readonly BufferPool pool;
    private readonly WorkerPool threads;
    private readonly Dictionary<string, Matrix> parameters = new(StringComparer.Ordinal);
    private Runtime.ExecutionContext? running;

    /// <summary>Compiles a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="options">Precision, threads, memory.</param>
    /// <param name="arguments">Values of <c>$</c> arguments beside the bindings.</param>
    public ModelScript(GeneratedScript script, string name, ComputeOptions options, IReadOnlyDictionary<string, string>? arguments = null)
    {
        Script = script;
        this.options = options;
        var values = new Dictionary<string, string>(arguments ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["model"] = ModelFolder, ["out"] = OutFolder };
        foreach (ScriptBinding binding in script.Reads.Concat(script.Writes).Where(b => b.IsArgument))
        {
            values[binding.Name] = "memory:" + binding.Name;
        }

        program = ScriptEngine.Compile(script.Text, name, options.ForEngine(values));
        pool = new BufferPool(options.MemoryBudget ?? long.MaxValue);
        threads = new WorkerPool(options.ThreadCount);
    }

    public GeneratedScript Script { get; }

    /// <summary>Heavy hitters, compile time and memory of the last run.</summary>
    public string Statistics { get; private set; } = string.Empty;

    /// <summary>Converts all variables once and keeps them, so that later runs share them (prediction).</summary>
    public void KeepParameters()
    {
        foreach (ScriptBinding binding in Script.Reads.Where(b => b.Role == BindingRole.Parameter))
        {
            parameters[binding.Name] = ToMatrix(binding, binding.Parameter!.Value!);
        }
    }

    /// <summary>Runs the script; thread-safe.</summary>
    /// <param name="find">The tensor for a read (variables excepted when they are kept).</param>
    /// <param name="hosts">Host functions by name.</param>
    /// <param name="output">Receives what the script prints.</param>
    /// <param name="finished">Called after the script's end, while <see cref="TakeCheckpoints"/> can still be called.</param>
    /// <returns>The written matrices as tensors, by binding; variables and slots in Keras's order.</returns>
    public IReadOnlyDictionary<ScriptBinding, Tensor> Run(
        Func<ScriptBinding, Tensor> find, IReadOnlyDictionary<string, HostFunction>? hosts = null, TextWriter? output = null, Action? finished = null)
    {
        using var context = new Runtime.ExecutionContext
        {
            Backend = new CpuBackend(), Pool = pool, Threads = threads, Output = output ?? TextWriter.Null, CollectStatistics = options.CollectStatistics,
        };
        foreach ((string name, HostFunction function) in hosts ?? new Dictionary<string, HostFunction>())
        {
            context.HostFunctions[name] = function;
        }

        foreach (ScriptBinding binding in Script.Reads)
        {
            context.MemoryInputs[KeyOf(binding, "model")] = parameters.TryGetValue(binding.Name, out Matrix? kept) && binding.Role == BindingRole.Parameter
                ? kept.Retain()
                : ToMatrix(binding, find(binding));
        }

        running = context;
        program.Execute(context);
        finished?.Invoke();
        if (options.CollectStatistics)
        {
            Statistics = program.StatisticsText(context);
        }

        var results = new Dictionary<ScriptBinding, Tensor>();
        foreach (ScriptBinding binding in Script.Writes)
        {
            if (context.MemoryOutputs.TryGetValue(KeyOf(binding, "out"), out Matrix? matrix))
            {
                results[binding] = ParameterMatrix.ToTensor(binding, matrix);
            }
        }

        return results;
    }

    /// <summary>Takes the checkpoints that the script has written to a folder so far: the epoch (null for a folder that is overwritten) and the variables.</summary>
    public IEnumerable<(int? Epoch, IReadOnlyList<KeyValuePair<ModelParameter, Tensor>> Values)> TakeCheckpoints(string folder)
    {
        string start = $"out/{folder}";
        Dictionary<string, Matrix> outputs = running!.MemoryOutputs;
        foreach (IGrouping<string, string> files in outputs.Keys.Where(k => k.StartsWith(start + "/", StringComparison.Ordinal) || k.StartsWith(start + "_", StringComparison.Ordinal)).ToArray().GroupBy(k => k[..k.LastIndexOf('/')]))
        {
            var values = new List<KeyValuePair<ModelParameter, Tensor>>();
            foreach (ScriptBinding binding in Script.Writes.Where(b => b.Role == BindingRole.Checkpoint && b.Folder!.TrimEnd('*').TrimEnd('_') == folder))
            {
                if (outputs.Remove($"{files.Key}/{binding.Name}.csv", out Matrix? matrix))
                {
                    values.Add(KeyValuePair.Create(binding.Parameter!, ParameterMatrix.ToTensor(binding, matrix)));
                    matrix.Release();
                }
            }

            string number = files.Key[start.Length..].TrimStart('_');
            yield return (number.Length == 0 ? null : int.Parse(number, System.Globalization.CultureInfo.InvariantCulture), values);
        }
    }

    /// <summary>An intermediate form of the script.</summary>
    public string Explain(string stage) => program.Explain(stage);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Matrix matrix in parameters.Values)
        {
            matrix.Release();
        }

        threads.Dispose();
        pool.Dispose();
    }

    private static string KeyOf(ScriptBinding binding, string folder) => binding.IsArgument ? binding.Name : $"{folder}/{binding.Name}.csv";

    // Labels, ids, counters and seeds stay double in every precision.
    private Matrix ToMatrix(ScriptBinding binding, Tensor tensor) => ParameterMatrix.Of(
        binding, tensor, pool, tensor.ElementType is ElementType.Float32 or ElementType.Float64 ? options.MatrixType : MatrixType.Double);
}
