using System.Globalization;
using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Memory;
using Keras2Dml.Library;
using Keras2Dml.Network.Graph;
using Keras2Dml.Runtime;
using Keras2Dml.Runtime.Cpu;
using Keras2Dml.Runtime.Threads;

namespace Keras2Dml.Benchmarks;

/// <summary>Training steps of the generated script on the engine: the difference of a long and a short run.</summary>
internal static class EngineSteps
{
    private const int ShortSteps = 20;
    private const int LongSteps = 120;

    public static void Run(int threads, bool explain)
    {
        Measure("LeNet", Models.LeNet(), true, threads, explain);
        Measure("MLP", Models.Mlp(), false, threads, explain);
    }

    private static void Measure(string name, NetworkModel model, bool convolutional, int threads, bool explain)
    {
        using var script = new TrainingScript(model, threads);
        if (explain)
        {
            Console.WriteLine(script.Text);
        }

        script.Run(ShortSteps);
        (double time, long bytes) few = script.Run(ShortSteps), many = script.Run(LongSteps);
        double ours = (many.time - few.time) / (LongSteps - ShortSteps), torch = TorchPeer.Step(convolutional, threads);
        long garbage = (many.bytes - few.bytes) / (LongSteps - ShortSteps);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {ours:F3} ms a step, TorchSharp {torch:F3} ms, ratio {ours / torch:F2}; {garbage} managed bytes a step"));
        Console.WriteLine(script.Statistics);
        if (explain)
        {
            Console.WriteLine(script.Plan);
        }
    }

    /// <summary>The training script of a model, compiled, with random data.</summary>
    private sealed class TrainingScript : IDisposable
    {
        private readonly GeneratedScript script;
        private readonly CompiledProgram program;
        private readonly BufferPool pool = new();
        private readonly WorkerPool threads;

        public TrainingScript(NetworkModel model, int threadCount)
        {
            threads = new WorkerPool(threadCount);
            script = ScriptGenerator.Training(model, Models.Training(0.01), new FitSettings { Epochs = 1, BatchSize = 64, Shuffle = false });
            var arguments = new Dictionary<string, string> { ["model"] = "memory:model", ["out"] = "memory:out" };
            foreach (ScriptBinding binding in script.Reads.Concat(script.Writes).Where(b => b.IsArgument))
            {
                arguments[binding.Name] = "memory:" + binding.Name;
            }

            program = ScriptEngine.Compile(script.Text, "train.dml", new CompileOptions
            {
                Arguments = arguments, FindSource = LibraryText.Find, IsLibraryFile = (path, text) => LibraryText.FindHash(path) == LibraryText.HashOf(text), Precision = MatrixType.Single,
            });
        }

        public string Text => script.Text;

        public string Statistics { get; private set; } = "";

        public string Plan => program.Explain("plan");

        /// <summary>Trains one epoch of so many batches; milliseconds and managed bytes.</summary>
        public (double Time, long Bytes) Run(int steps)
        {
            using var context = new Runtime.ExecutionContext { Backend = new CpuBackend(), Pool = pool, Threads = threads };
            foreach (ScriptBinding binding in script.Reads)
            {
                context.MemoryInputs[binding.IsArgument ? binding.Name : $"model/{binding.Name}.csv"] = Data(binding, steps * 64);
            }

            long bytes = GC.GetTotalAllocatedBytes(true);
            double start = Timing.Now();
            program.Execute(context);
            double time = Timing.Now() - start;
            bytes = GC.GetTotalAllocatedBytes(true) - bytes;
            Statistics = program.StatisticsText(context);
            return (time, bytes);
        }

        public void Dispose()
        {
            threads.Dispose();
            pool.Dispose();
        }

        private Matrix Data(ScriptBinding binding, int rows)
        {
            var random = new Random(1);
            if (binding.Role == BindingRole.Target)
            {
                Matrix labels = pool.Rent(rows, 1, MatrixType.Double);
                for (int i = 0; i < rows; i++)
                {
                    labels[i, 0] = random.Next(10);
                }

                return labels;
            }

            (int r, int c) = binding.Role == BindingRole.Input ? (rows, 784)
                : binding.Parameter is { } p ? (p.Spec.Storage.Rows, p.Spec.Storage.Columns) : (1, 1);
            bool scalar = r * c == 1;
            Matrix m = pool.Rent(r, c, scalar ? MatrixType.Double : MatrixType.Single, clear: true);
            double scale = binding.Role == BindingRole.Input ? 1 : binding.Role == BindingRole.Parameter && r > 1 && c > 1 ? 1 / Math.Sqrt(r) : 0;
            for (long i = 0; i < m.Length && scale > 0; i++)
            {
                m.Set(i, (random.NextDouble() * 2 - 1) * scale);
            }

            return m;
        }
    }
}
