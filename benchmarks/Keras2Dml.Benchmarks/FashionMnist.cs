using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Callbacks;
using Keras2Dml.Data;

namespace Keras2Dml.Benchmarks;

/// <summary>LeNet on Fashion-MNIST through the library's public face: 5 epochs of SGD(0.02, momentum 0.9, nesterov), batch 64, loss and accuracy on the test images after each.</summary>
/// <remarks>
/// Data: Debian package dataset-fashion-mnist. Keras reaches a test accuracy of 0.901 to 0.905 after 5 epochs (three seeds). Runs are seeded as Keras's were, which makes
/// the order of rows the same in every epoch; with another order in each epoch the training loss is higher and the test accuracy better.
/// </remarks>
internal static class FashionMnist
{
    private const string Folder = "/usr/share/datasets/fashion-mnist";
    private const int Epochs = 5;

    /// <summary>Trains once for each seed and prints the mean of the test accuracies.</summary>
    public static void Run(int threads, int seeds)
    {
        Tensor images = Images("train-images-idx3-ubyte.gz"), testImages = Images("t10k-images-idx3-ubyte.gz");
        Tensor labels = Read("train-labels-idx1-ubyte.gz"), testLabels = Read("t10k-labels-idx1-ubyte.gz");
        double sum = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            KerasModel model = LeNet(seed);
            model.Compile(new Sgd(0.02, momentum: 0.9, nesterov: true), Losses.SparseCategoricalCrossentropy, Metrics.Accuracy);
            var watch = new Watch();
            History history = model.Fit(images, labels, new FitOptions
            {
                Epochs = Epochs, BatchSize = 64, Threads = threads, Seed = seed, ValidationData = new ValidationData(testImages, testLabels), ValidationBatchSize = 500, Callbacks = [watch],
            });
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"seed {seed}, epoch {epoch + 1}: {watch.Seconds[epoch]:F2} s, loss {history["loss"][epoch]:F4}, accuracy {history["accuracy"][epoch]:F4}, test loss {history["val_loss"][epoch]:F4}, test accuracy {history["val_accuracy"][epoch]:F4}"));
            }

            sum += history["val_accuracy"][^1];
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test accuracy after {Epochs} epochs, mean of {seeds}: {sum / seeds:F4} (Keras: 0.901 to 0.905); seconds include the evaluation of the 10,000 test images"));
    }

    private static KerasModel LeNet(int seed)
    {
        JsonNode[] layers =
        [
            JsonNode.Parse("""{"class_name": "InputLayer", "config": {"name": "image", "batch_shape": [null, 28, 28, 1]}}""")!,
            JsonNode.Parse("""{"class_name": "Rescaling", "config": {"name": "rescaling", "scale": 0.00392156862745098}}""")!,
            .. Models.LeNetLayers.Select(l => JsonNode.Parse(l)!),
        ];
        int seeded = 0;
        foreach (JsonNode layer in layers.Where(l => (string?)l["class_name"] is "Conv2D" or "Dense"))
        {
            layer["config"]!["kernel_initializer"] = new JsonObject { ["class_name"] = "GlorotUniform", ["config"] = new JsonObject { ["seed"] = (100 * seed) + seeded++ } };
        }

        string path = Path.Combine(Path.GetTempPath(), $"lenet-{Guid.NewGuid():N}.json");
        File.WriteAllText(path, new JsonObject { ["class_name"] = "Sequential", ["config"] = new JsonObject { ["name"] = "lenet", ["layers"] = new JsonArray(layers) } }.ToJsonString());
        try
        {
            return KerasModel.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Tensor Images(string name)
    {
        Tensor images = Read(name);
        return images.Reshape(images.Shape[0], images.Shape[1], images.Shape[2], 1);
    }

    private static Tensor Read(string name) => IdxFile.Read(Path.Combine(Folder, name));

    /// <summary>Seconds of each epoch.</summary>
    private sealed class Watch : Callback
    {
        private double last;

        public List<double> Seconds { get; } = [];

        public override void OnTrainBegin(TrainingContext context) => last = Timing.Now();

        public override void OnEpochEnd(TrainingContext context)
        {
            double now = Timing.Now();
            Seconds.Add((now - last) / 1e3);
            last = now;
        }
    }
}
