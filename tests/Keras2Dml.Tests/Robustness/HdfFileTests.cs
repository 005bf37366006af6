using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Keras.Hdf5;

namespace Keras2Dml.Tests.Robustness;

/// <summary>HDF5 files that are well formed and say something wrong: attributes, shapes and element types that do not fit; and files with damaged bytes.</summary>
public sealed class HdfFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("keras2dml-fuzz-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // A tree may have been nested by an earlier change.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private static string[] Files { get; } =
        [.. Directory.EnumerateFiles(Checkout.Golden("models"), "*.h5", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length < 300_000).Order(StringComparer.Ordinal)];

    [Fact]
    public void Trees_whose_parts_do_not_fit() => Fuzz.Run(120, random =>
    {
        HdfGroup root = HdfReader.Read(File.ReadAllBytes(Files[random.Next(Files.Length)]), "source");
        for (int i = random.Next(3); i >= 0; i--)
        {
            Change(root, random);
        }

        string path = Path.Combine(folder, "model.h5");
        using (FileStream stream = File.Create(path))
        {
            HdfWriter.Write(stream, root);
        }

        ModelFileTests.Use(path);
    });

    [Fact]
    public void Bytes_that_are_flipped_cut_or_repeated() => Fuzz.Run(150, random =>
    {
        byte[] bytes = ByteMutator.Change(File.ReadAllBytes(Files[random.Next(Files.Length)]), random, head: 8192);
        string path = Path.Combine(folder, "model.h5");
        File.WriteAllBytes(path, bytes);
        ModelFileTests.Use(path);
    });

    private static void Change(HdfGroup root, Random random)
    {
        List<HdfGroup> groups = [root];
        for (int i = 0; i < groups.Count; i++)
        {
            groups.AddRange(groups[i].Children.Values.OfType<HdfGroup>());
        }

        HdfGroup group = groups[random.Next(groups.Count)];
        List<(HdfObject Owner, string Name)> attributes = [.. groups.SelectMany(g => g.Attributes.Keys.Select(k => ((HdfObject)g, k)))];
        switch (random.Next(7))
        {
            case 0 when attributes.Count > 0:
                (HdfObject owner, string name) = attributes[random.Next(attributes.Count)];
                owner.Attributes.Remove(name);
                break;
            case 1 when root.TextAttribute("model_config") is ['{', ..] text:
                JsonNode config = JsonNode.Parse(text, documentOptions: Deep)!;
                new JsonMutator(random).Change(config);
                root.Attributes["model_config"] = HdfValue.Text(config.ToJsonString());
                break;
            case 2 when root.TextAttribute("training_config") is ['{', ..] text:
                JsonNode training = JsonNode.Parse(text, documentOptions: Deep)!;
                new JsonMutator(random).Change(training);
                root.Attributes["training_config"] = HdfValue.Text(training.ToJsonString());
                break;
            case 3 when attributes.Count > 0:
                (HdfObject other, string attribute) = attributes[random.Next(attributes.Count)];
                other.Attributes[attribute] = Value(random);
                break;
            case 4 when group.Children.Count > 0:
                group.Children.Remove(group.Children.GetAt(random.Next(group.Children.Count)).Key);
                break;
            case 5 when group.Children.Count > 0:
                string child = group.Children.GetAt(random.Next(group.Children.Count)).Key;
                group.Children[child] = random.Next(2) == 0 ? new HdfGroup() : new HdfDataset(Value(random));
                break;
            default:
                HdfGroup[] named = [.. groups.Where(g => g.TextsAttribute("weight_names") is { Count: > 0 })];
                if (named.Length > 0)
                {
                    HdfGroup changed = named[random.Next(named.Length)];
                    string[] names = [.. changed.TextsAttribute("weight_names")!];
                    names[random.Next(names.Length)] = new[] { "", "/", "..", "a/b/c/d", names[0] }[random.Next(5)];
                    changed.Attributes["weight_names"] = HdfValue.Texts(names);
                }

                break;
        }
    }

    private static HdfValue Value(Random random) => random.Next(6) switch
    {
        0 => HdfValue.Text("x"),
        1 => HdfValue.Texts(["a", "", "b"]),
        2 => new HdfValue(HdfType.Float32, [2, 3], new byte[24]),
        3 => new HdfValue(HdfType.Int64, null, new byte[8]),
        4 => new HdfValue(HdfType.Float64, [0], ReadOnlyMemory<byte>.Empty),
        _ => new HdfValue(HdfType.FixedText(4), [2], Encoding.ASCII.GetBytes("abcdefgh")),
    };
}
