using System.IO.Compression;
using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Tests.Layers;

/// <summary>The layer corpus under tests/golden/layers, read as far as shapes and configurations go.</summary>
internal static class GoldenLayerCases
{
    private static readonly string Root = Checkout.Golden("layers");

    private static readonly Dictionary<string, JsonNode> Index = File.ReadLines(Path.Combine(Root, "index.jsonl"))
        .Select(line => JsonNode.Parse(line)!).ToDictionary(c => $"{c["folder"]}/{c["case"]}");

    /// <summary>Names (folder/case) of all cases of the given classes and their aliases.</summary>
    public static IEnumerable<string> Of(params string[] classes) => Index.Where(c =>
        KerasClasses.Find(ObjectKind.Layer, (string)c.Value["layer"]!) is { } found && classes.Contains(found.Name)).Select(c => c.Key).Order(StringComparer.Ordinal);

    /// <summary>The layer under test: the last one of the model.</summary>
    public static Layer Read(string name, out TensorSpec input)
    {
        JsonNode layer = LastLayer(name);
        JsonNode? build = layer["build_config"];
        JsonArray shape = (build?["input_shape"] ?? build?["shapes_dict"]?["sequences_shape"] ?? Index[name]["inputs"]![0]!["declared"])!.AsArray();
        input = new TensorSpec(ElementType.Float32, new Shape([.. shape.Skip(1).Select(s => s is null ? Shape.Unknown : (int)s)]));
        var reader = new ConfigReader();
        Layer? result = reader.ReadLayer(layer);
        reader.ThrowIfAny();
        return result!;
    }

    /// <summary>Shapes of the model's outputs without the batch.</summary>
    public static IReadOnlyList<int[]> OutputShapes(string name) =>
        [.. Index[name]["outputs"]!.AsArray().Select(o => o!["shape"]!.AsArray().Skip(1).Select(s => (int)s!).ToArray())];

    /// <summary>Paths below the layer and shapes of the model's weights, in order.</summary>
    public static IReadOnlyList<(string Path, int[] Shape)> Weights(string name) =>
        [.. Index[name]["weights"]!.AsArray().Select(w => (((string)w!["path"]!).Split('/', 2)[1], w["shape"]!.AsArray().Select(s => (int)s!).ToArray()))];

    private static JsonNode LastLayer(string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(Root, name + ".keras"));
        using Stream config = zip.GetEntry("config.json")!.Open();
        return JsonNode.Parse(config)!["config"]!["layers"]!.AsArray()[^1]!;
    }
}
