using System.Globalization;
using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Graph;

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
        GeneratedScript script = ScriptGenerator.Training(model, Models.Training(0.01), new FitSettings { Epochs = 1, BatchSize = 64, Shuffle = false });
        using var runner = new GeneratedRunner(script, threads);
        if (explain)
        {
            Console.WriteLine(script.Text);
        }

        // Plans are made for each size of the data: both sizes run once before they are measured.
        Run(runner, ShortSteps);
        Run(runner, LongSteps);
        (double time, long bytes) few = Run(runner, ShortSteps), many = Run(runner, LongSteps);
        double ours = (many.time - few.time) / (LongSteps - ShortSteps), torch = TorchPeer.Step(convolutional, threads);
        long garbage = (many.bytes - few.bytes) / (LongSteps - ShortSteps);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {ours:F3} ms a step, TorchSharp {torch:F3} ms, ratio {ours / torch:F2}; {garbage} managed bytes a step"));
        Console.WriteLine(runner.Statistics);
        if (explain)
        {
            Console.WriteLine(runner.Plan);
        }
    }

    private static (double Time, long Bytes) Run(GeneratedRunner runner, int steps)
    {
        (double time, long bytes, Dictionary<string, Matrix> outputs) = runner.Run(b => Data(runner.Pool, b, steps * 64));
        foreach (Matrix m in outputs.Values)
        {
            m.Release();
        }

        return (time, bytes);
    }

    private static Matrix Data(BufferPool pool, ScriptBinding binding, int rows)
    {
        var random = new Random(1);
        switch (binding.Role)
        {
            case BindingRole.Target:
                Matrix labels = pool.Rent(rows, 1, MatrixType.Double);
                for (int i = 0; i < rows; i++)
                {
                    labels[i, 0] = random.Next(10);
                }

                return labels;
            case BindingRole.Input:
                Matrix images = pool.Rent(rows, 784, MatrixType.Single);
                foreach (ref float cell in images.Singles)
                {
                    cell = random.NextSingle();
                }

                return images;
            default:
                return Models.InitialValue(pool, binding, random);
        }
    }
}
