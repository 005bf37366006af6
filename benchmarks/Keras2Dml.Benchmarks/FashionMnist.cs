using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Memory;
using Keras2Dml.Network.Graph;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Benchmarks;

/// <summary>LeNet on Fashion-MNIST: 5 epochs of SGD(0.02, momentum 0.9, nesterov), batch 64; accuracy on the test images.</summary>
/// <remarks>Data: Debian package dataset-fashion-mnist. Keras reaches 0.901 to 0.905.</remarks>
internal static class FashionMnist
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";
    private const int Epochs = 5;

    public static void Run(int threads)
    {
        NetworkModel model = Models.LeNet();
        float[] images = Images("train-images-idx3-ubyte.gz"), testImages = Images("t10k-images-idx3-ubyte.gz");
        byte[] labels = Read("train-labels-idx1-ubyte.gz", 8), testLabels = Read("t10k-labels-idx1-ubyte.gz", 8);
        double last = Timing.Now();
        void EpochEnd(ReadOnlySpan<Value> arguments, Span<Value> results)
        {
            double now = Timing.Now();
            Matrix metrics = arguments[3].AsMatrix();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"epoch {arguments[0].AsInteger()}: {(now - last) / 1e3:F2} s, loss {metrics.Get(0):F4}, accuracy {metrics.Get(1):F4}"));
            last = now;
            results[0] = Value.Of(false);
            results[1] = Value.Of(arguments[4].AsDouble());
        }

        GeneratedScript script = ScriptGenerator.Training(model, Models.Training(0.02), new FitSettings { Epochs = Epochs, BatchSize = 64, Shuffle = true });
        using var training = new GeneratedRunner(script, threads, new() { ["epoch_end"] = EpochEnd });
        var random = new Random(1);
        last = Timing.Now();
        Dictionary<string, Matrix> trained = training.Run(b => b.Role switch
        {
            BindingRole.Input => ImageMatrix(training.Pool, images),
            BindingRole.Target => LabelMatrix(training.Pool, labels),
            _ => Models.InitialValue(training.Pool, b, random),
        }).Outputs;
        Console.WriteLine(training.Statistics);

        using var prediction = new GeneratedRunner(ScriptGenerator.Prediction(model, new PredictionOptions { BatchSize = 500 }), threads);
        (double time, _, Dictionary<string, Matrix> outputs) = prediction.Run(b => b.Role == BindingRole.Input ? ImageMatrix(prediction.Pool, testImages) : trained[b.Name].Retain());
        Matrix scores = outputs.Values.First();
        int right = 0;
        for (int i = 0; i < testLabels.Length; i++)
        {
            int best = 0;
            for (int k = 1; k < 10; k++)
            {
                best = scores[i, k] > scores[i, best] ? k : best;
            }

            right += best == testLabels[i] ? 1 : 0;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy {(double)right / testLabels.Length:F4} (Keras: 0.901 to 0.905), predicted in {time / 1e3:F2} s"));
    }

    private static float[] Images(string name) => [.. Read(name, 16).Select(b => b / 255f)];

    private static byte[] Read(string name, int header)
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Folder, name)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        int magic = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return magic is 2049 or 2051 ? bytes[header..] : throw new InvalidDataException($"{name} is no IDX file.");
    }

    private static Matrix ImageMatrix(BufferPool pool, float[] pixels)
    {
        Matrix m = pool.Rent(pixels.Length / 784, 784, MatrixType.Single);
        pixels.CopyTo(m.Singles);
        return m;
    }

    private static Matrix LabelMatrix(BufferPool pool, byte[] labels)
    {
        Matrix m = pool.Rent(labels.Length, 1, MatrixType.Double);
        for (int i = 0; i < labels.Length; i++)
        {
            m[i, 0] = labels[i];
        }

        return m;
    }
}
