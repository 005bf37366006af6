using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Keras2Dml.Keras.Summary;

namespace Keras2Dml.Keras.Tests;

/// <summary>Damaged and hostile files: whatever they hold, only catalogue errors come out, and nothing large is allocated.</summary>
public sealed class RobustnessTests : IDisposable
{
    private const string Model = "models/keras3/mlp_logits_sparse_momentum.keras";
    private const string Legacy = "models/keras2/k20_sequential_mlp_bn.h5";
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public static TheoryData<string> Files => new(
        Model, Legacy, "models/keras3/siamese_shared_layer.keras", "models/keras3/functional_in_functional.keras", "models/keras3/multi_input_multi_output.h5",
        "models/keras2/k2_nested_models.h5", "models/keras2/k2_seq2seq_states.keras", "models/keras3/resnet_projection.architecture.json");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Files))]
    public void Truncated_punched_and_flipped_files_end_in_catalogue_errors(string file)
    {
        byte[] whole = File.ReadAllBytes(Checkout.Golden(file));
        var random = new Random(11);
        for (int round = 0; round < 48; round++)
        {
            byte[] bytes = (byte[])whole.Clone();
            switch (round % 4)
            {
                case 0:
                    bytes = bytes[..random.Next(bytes.Length)];
                    break;
                case 1:
                    bytes.AsSpan(random.Next(bytes.Length - 64), 64).Clear();
                    break;
                case 2:
                    for (int i = 0; i < 8; i++)
                    {
                        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                    }

                    break;
                default:
                    // Heads hold addresses, counts and sizes.
                    bytes[random.Next(Math.Min(4096, bytes.Length))] = (byte)random.Next(256);
                    break;
            }

            LoadSafely(Write("damaged" + Path.GetExtension(file), bytes), $"{file} round {round}");
        }
    }

    [Theory]
    [InlineData(Model)]
    [InlineData("models/keras3/functional_in_functional.keras")]
    [InlineData("models/keras3/dict_inputs_dict_outputs.keras")]
    [InlineData("models/keras2/k2_seq2seq_states.keras")]
    public void Configurations_with_any_value_anywhere_end_in_catalogue_errors(string file)
    {
        var random = new Random(5);
        string[] values = ["null", "true", "-1", "0", "1e300", "123456789012", "\"x\"", "[]", "[1,2]", "{}", "{\"class_name\":\"Dense\"}", "{\"class_name\":7,\"config\":[]}", "\"\"", "[null,null]", "3.5"];
        for (int round = 0; round < 120; round++)
        {
            string path = EditConfig(file, config =>
            {
                var places = new List<(JsonNode Parent, object Key)>();
                Collect(config, places);
                (JsonNode parent, object key) = places[random.Next(places.Count)];
                JsonNode? value = JsonNode.Parse(values[random.Next(values.Length)]);
                switch (parent)
                {
                    case JsonObject o when random.Next(5) == 0: o.Remove((string)key); break;
                    case JsonObject o: o[(string)key] = value; break;
                    default: ((JsonArray)parent)[(int)key] = value; break;
                }
            });
            LoadSafely(path, $"{file} round {round}");
        }
    }

    [Fact]
    public void A_gigabyte_of_blanks_and_deep_brackets_are_refused_quickly()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string bomb = Path.Combine(folder, "bomb.keras");
        using (ZipArchive zip = ZipFile.Open(bomb, ZipArchiveMode.Create))
        {
            using Stream member = zip.CreateEntry("config.json", CompressionLevel.Fastest).Open();
            byte[] blanks = new byte[1 << 20];
            blanks.AsSpan().Fill((byte)' ');
            for (int i = 0; i < 1024; i++)
            {
                member.Write(blanks);
            }
        }

        Assert.Contains("config.json", Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(bomb)).Message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
        string deep = Zip("deep.keras", ("config.json", Encoding.UTF8.GetBytes(new string('[', 200_000))));
        Assert.Contains("config.json", Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(deep)).Message);
    }

    [Fact]
    public void Two_unknown_layers_are_both_named()
    {
        string path = EditConfig(Model, config =>
        {
            JsonObject[] dense = [.. config["config"]!["layers"]!.AsArray().Select(l => l!.AsObject()).Where(l => (string)l["class_name"]! == "Dense")];
            dense[0]["class_name"] = "Quantum";
            dense[^1]["class_name"] = "Telepathy";
        });
        var error = Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(path));
        Assert.Equal(ErrorCategory.Invalid, error.Category);
        Assert.Contains("Quantum", error.Message);
        Assert.Contains("Telepathy", error.Message);
    }

    [Fact]
    public void Serialized_code_is_named_and_never_executed()
    {
        string path = EditConfig(Model, config =>
        {
            JsonObject dense = config["config"]!["layers"]!.AsArray().Select(l => l!.AsObject()).First(l => (string)l["class_name"]! == "Dense");
            dense["class_name"] = "Lambda";
            dense["config"] = JsonNode.Parse("""{"name": "evil", "function": {"class_name": "__lambda__", "config": {"code": "4wEAAAAAAAAA"}}}""");
        });
        var error = Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(path));
        Assert.Equal(ErrorCategory.Invalid, error.Category);
        Assert.Contains("evil", error.Message);
        Assert.Contains("Lambda", error.Message);
    }

    [Fact]
    public void Weights_of_another_shape_tell_both_shapes()
    {
        string path = EditConfig(Model, config =>
        {
            JsonNode dense = config["config"]!["layers"]!.AsArray().First(l => (string)l!["class_name"]! == "Dense")!["config"]!;
            dense["units"] = (int)dense["units"]! + 1;
        });
        Assert.Contains("expected shape (", Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(path)).Message);
    }

    [Fact]
    public void Members_that_climb_out_of_the_archive_are_neither_read_nor_written()
    {
        string path = Copy(Model, (name, bytes) => bytes, ("../../escaped.txt", [1]), ("/tmp/escaped-absolute.txt", [1]));
        KerasDocument document = KerasDocument.Load(path);
        string saved = Path.Combine(folder, "saved.keras");
        document.Save(saved);
        using ZipArchive zip = ZipFile.OpenRead(saved);
        Assert.DoesNotContain(zip.Entries, e => e.FullName.Contains("escaped"));
    }

    [Fact]
    public void A_folder_with_the_members_of_an_archive_is_a_model_and_any_other_folder_is_not()
    {
        string unzipped = Path.Combine(folder, "unzipped");
        ZipFile.ExtractToDirectory(Checkout.Golden(Model), unzipped);
        Assert.Equal(KerasDocument.Load(Checkout.Golden(Model)).Model.Parameters.Count(), KerasDocument.Load(unzipped).Model.Parameters.Count(p => p.Value is not null));
        string empty = Path.Combine(folder, "empty");
        Directory.CreateDirectory(empty);
        Assert.Contains("empty", Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(empty)).Message);
    }

    [Fact]
    public void Layers_may_stand_in_any_order()
    {
        string path = EditConfig("models/keras3/resnet_projection.keras", config =>
        {
            JsonArray layers = config["config"]!["layers"]!.AsArray();
            JsonNode[] reversed = [.. layers.Reverse().Select(l => l!.DeepClone())];
            layers.Clear();
            foreach (JsonNode layer in reversed)
            {
                layers.Add(layer);
            }
        });
        KerasDocument expected = KerasDocument.Load(Checkout.Golden("models/keras3/resnet_projection.keras"));
        KerasDocument actual = KerasDocument.Load(path);
        Assert.Equal(ModelSummary.Text(expected, new SummaryOptions(98)), ModelSummary.Text(actual, new SummaryOptions(98)));
        Assert.All(expected.Model.Parameters.Zip(actual.Model.Parameters), p => Assert.Equal(p.First.Value!.AsSpan<float>().ToArray(), p.Second.Value!.AsSpan<float>().ToArray()));
    }

    [Fact]
    public void Every_situation_is_told_with_its_category_and_words()
    {
        byte[] raw = File.ReadAllBytes(Checkout.Golden(Model));
        byte[] legacy = File.ReadAllBytes(Checkout.Golden(Legacy));
        byte[] holes = [.. legacy.Chunk(64).SelectMany((c, i) => i % 5 == 0 ? new byte[c.Length] : c)];
        byte[] noise = [.. legacy[..8], .. Enumerable.Range(0, 4000).Select(i => (byte)((i * 40503) >> 3))];
        (string Name, string Path, ErrorCategory Category, string Word)[] situations =
        [
            ("half a zip", Write("half.keras", raw[..(raw.Length / 2)]), ErrorCategory.Data, "half.keras"),
            ("random bytes", Write("random.keras", [.. Enumerable.Range(0, 5000).Select(i => (byte)((uint)(i * 2654435761) >> 7))]), ErrorCategory.Data, "random.keras"),
            ("empty", Write("empty.keras", []), ErrorCategory.Data, "empty"),
            ("missing", Path.Combine(folder, "nope.keras"), ErrorCategory.Data, "nope.keras"),
            ("no config", Zip("noconfig.keras", ("model.weights.h5", [1, 2])), ErrorCategory.Data, "config.json"),
            ("no JSON", Zip("badjson.keras", ("config.json", "{\"class_name\": "u8.ToArray())), ErrorCategory.Data, "config.json"),
            ("no model", Zip("nomodel.keras", ("config.json", "[1, 2, 3]"u8.ToArray())), ErrorCategory.Invalid, "config.json"),
            ("no weights", Zip("noweights.keras", ("config.json", ConfigOf(Model))), ErrorCategory.Data, "weights"),
            ("weights of noise", Zip("badweights.keras", ("config.json", ConfigOf(Model)), ("model.weights.h5", new byte[500])), ErrorCategory.Data, "badweights.keras"),
            ("half HDF5", Write("half.h5", legacy[..(legacy.Length / 2)]), ErrorCategory.Data, "half.h5"),
            ("HDF5 with holes", Write("holes.h5", holes), ErrorCategory.Data, "holes.h5"),
            ("HDF5 magic and noise", Write("magic.h5", noise), ErrorCategory.Data, "magic.h5"),
        ];
        foreach ((string name, string path, ErrorCategory category, string word) in situations)
        {
            var error = Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(path));
            Assert.True(category == error.Category && error.Message.Contains(word), $"{name}: {error.Category} {error.Message}");
        }
    }

    [Theory]
    [InlineData("unitz", "3", "unitz")]
    [InlineData("units", "-5", "-5")]
    [InlineData("activation", "\"wobble\"", "wobble")]
    public void Wrong_arguments_are_named(string argument, string value, string word)
    {
        string path = EditConfig(Model, config => config["config"]!["layers"]!.AsArray().First(l => (string)l!["class_name"]! == "Dense")!["config"]![argument] = JsonNode.Parse(value));
        var error = Assert.Throws<Keras2DmlException>(() => KerasDocument.Load(path));
        Assert.Equal(ErrorCategory.Invalid, error.Category);
        Assert.Contains(word, error.Message);
        Assert.Contains("dense", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static byte[] ConfigOf(string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(Checkout.Golden(file));
        using var reader = new StreamReader(zip.GetEntry("config.json")!.Open());
        return Encoding.UTF8.GetBytes(reader.ReadToEnd());
    }

    private static void LoadSafely(string path, string what)
    {
        try
        {
            KerasDocument document = KerasDocument.Load(path);
            ModelSummary.Text(document, new SummaryOptions(98));
        }
        catch (Keras2DmlException error)
        {
            Assert.True(error.Category is ErrorCategory.Data or ErrorCategory.Invalid, what + ": " + error.Message);
        }
        catch (Exception error)
        {
            Assert.Fail($"{what}: {error}");
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, object Key)> places)
    {
        switch (node)
        {
            case JsonObject o:
                foreach ((string key, JsonNode? value) in o)
                {
                    places.Add((o, key));
                    Collect(value, places);
                }

                break;
            case JsonArray array:
                for (int i = 0; i < array.Count; i++)
                {
                    places.Add((array, i));
                    Collect(array[i], places);
                }

                break;
        }
    }

    private string EditConfig(string file, Action<JsonNode> edit) => Copy(file, (name, bytes) =>
    {
        if (name != "config.json")
        {
            return bytes;
        }

        JsonNode config = JsonNode.Parse(bytes)!;
        edit(config);
        return Encoding.UTF8.GetBytes(config.ToJsonString());
    });

    private string Copy(string file, Func<string, byte[], byte[]> change, params (string Name, byte[] Bytes)[] more)
    {
        var members = new List<(string, byte[])>();
        using (ZipArchive zip = ZipFile.OpenRead(Checkout.Golden(file)))
        {
            foreach (ZipArchiveEntry entry in zip.Entries)
            {
                var bytes = new MemoryStream();
                using Stream member = entry.Open();
                member.CopyTo(bytes);
                members.Add((entry.FullName, change(entry.FullName, bytes.ToArray())));
            }
        }

        return Zip("edited.keras", [.. members, .. more]);
    }

    private string Zip(string name, params (string Name, byte[] Bytes)[] members)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string member, byte[] bytes) in members)
            {
                using Stream target = zip.CreateEntry(member).Open();
                target.Write(bytes);
            }
        }

        return Write(name, stream.ToArray());
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
