using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Keras2Dml.Tests.Robustness;

/// <summary>Model files whose parts are damaged: load, summary and scripts work or tell what is wrong.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keras2dml-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Configurations_of_whole_models()
    {
        string[] files = Models("models/keras3", "models/keras2");
        Fuzz.Run(200, random => Use(WithConfig(files[random.Next(files.Length)], random)));
    }

    [Fact]
    public void Configurations_of_compiled_models()
    {
        string[] files = Models("training/fit");
        Fuzz.Run(150, random => Use(WithConfig(files[random.Next(files.Length)], random)));
    }

    [Fact]
    public void Configurations_of_single_layers()
    {
        string[] files = Models("layers");
        Fuzz.Run(300, random => Use(WithConfig(files[random.Next(files.Length)], random)));
    }

    [Fact]
    public void Architectures_without_weights()
    {
        string[] files = Models("models/keras3", "layers", "training/fit");
        Fuzz.Run(150, random =>
        {
            JsonNode config = ConfigOf(files[random.Next(files.Length)]);
            new JsonMutator(random).Change(config);
            string path = Path.Combine(folder, "model.json");
            File.WriteAllText(path, config.ToJsonString());
            Use(path);
        });
    }

    // What a user does first with a file.
    internal static void Use(string path)
    {
        KerasModel model = KerasModel.Load(path);
        model.Summary(expandNested: true, showTrainable: true);
        model.SummaryJson();
        model.Explain("operators", prediction: true);
        if (model.IsCompiled)
        {
            model.Explain("operators", prediction: false);
        }

        if (model.ParameterCount >= 50_000 || !model.Inputs.Concat(model.Outputs).All(IsSmall))
        {
            return;
        }

        Tensor[] x = [.. model.Inputs.Select(Rows)];
        model.Predict(x, new PredictOptions { Threads = 1 });
        if (model.IsCompiled)
        {
            model.Fit(x, [.. model.Outputs.Select(Rows)], new FitOptions { Epochs = 2, BatchSize = 2, ValidationSplit = 0.34, Threads = 1, Seed = 1 });
        }
    }

    private static bool IsSmall(ModelPort port) => port.Shape.All(n => n is < 40) && port.Shape.Aggregate(1L, (a, b) => a * b!.Value) < 2_000;

    private static Tensor Rows(ModelPort port) => Tensor.Zeros(port.ElementType, [3, .. port.Shape.Select(n => n!.Value)]);

    private static string[] Models(params string[] folders) =>
        [.. folders.SelectMany(f => Directory.EnumerateFiles(Checkout.Golden(f), "*.keras", SearchOption.AllDirectories)).Where(f => new FileInfo(f).Length < 200_000).Order(StringComparer.Ordinal)];

    private static JsonNode ConfigOf(string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(file);
        using Stream member = zip.GetEntry("config.json")!.Open();
        return JsonNode.Parse(member)!;
    }

    private string WithConfig(string file, Random random)
    {
        string path = Path.Combine(folder, "model.keras");
        using ZipArchive source = ZipFile.OpenRead(file);
        using FileStream stream = File.Create(path);
        using var target = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in source.Entries)
        {
            using Stream from = entry.Open();
            using Stream to = target.CreateEntry(entry.FullName, CompressionLevel.NoCompression).Open();
            if (entry.FullName == "config.json")
            {
                JsonNode config = JsonNode.Parse(from)!;
                new JsonMutator(random).Change(config);
                to.Write(Encoding.UTF8.GetBytes(config.ToJsonString()));
            }
            else
            {
                from.CopyTo(to);
            }
        }

        return path;
    }
}
