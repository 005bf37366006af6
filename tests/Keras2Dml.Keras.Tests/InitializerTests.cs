using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Initialization;

namespace Keras2Dml.Keras.Tests;

public sealed class InitializerTests
{
    public static TheoryData<string> Cases => [.. Entries().Select(e => (string)e["case"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Initial_values_equal_those_of_Keras(string name)
    {
        JsonNode entry = Entries().First(e => (string)e["case"]! == name);
        foreach ((string key, Tensor expected) in NpzFile.ReadAll(Checkout.Golden($"training/initializers/{name}.npz")))
        {
            string seed = key.Split('/')[0];
            var config = (JsonObject)entry["config"]!.DeepClone();
            if (seed.StartsWith("seed", StringComparison.Ordinal))
            {
                config["seed"] = long.Parse(seed[4..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                config.Remove("seed");
            }

            var reader = new ConfigReader();
            KerasObject? initializer = reader.Read(ObjectKind.Initializer, new JsonObject { ["class_name"] = (string)entry["layer"]!, ["config"] = config }, name);
            reader.ThrowIfAny();
            Tensor actual = Initializers.Create(initializer, expected.Shape, 0);
            double tolerance = (string)entry["layer"]! switch { "Orthogonal" => 2e-7 * Math.Max(1, initializer!.Double("gain")), "STFT" => 1e-6, _ => 0 };
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected.GetDouble(i) - actual.GetDouble(i)) <= tolerance, $"{name} {key}[{i}]: expected {expected.GetDouble(i):R}, received {actual.GetDouble(i):R}");
            }
        }
    }

    private static JsonNode[] Entries() => [.. File.ReadLines(Checkout.Golden("training/initializers/index.jsonl")).Select(l => JsonNode.Parse(l)!)];
}
