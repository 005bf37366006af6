using System.Text;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Keras.Files;

/// <summary>The parts of a Keras file: configuration, metadata, weights, and whatever else lies beside them.</summary>
internal sealed class KerasFile
{
    private const string ConfigMember = "config.json";
    private const string MetadataMember = "metadata.json";
    private const string WeightsMember = "model.weights.h5";
    private const string IndexMember = "model.weights.json";
    private const string NpzMember = "model.weights.npz";

    private KerasFile(string path, KerasFormat format)
    {
        Path = path;
        Format = format;
    }

    public string Path { get; }

    public KerasFormat Format { get; }

    /// <summary>Bytes of config.json, of the text, or of the attribute model_config; null for weights alone.</summary>
    public byte[]? ConfigText { get; private set; }

    /// <summary>The configuration; null for weights alone.</summary>
    public JsonObject? Config { get; private set; }

    /// <summary>Content of metadata.json; null when there is none.</summary>
    public JsonObject? Metadata { get; private set; }

    /// <summary>The weights: a whole HDF5 file; null when there are none or when they are npz.</summary>
    public HdfGroup? Hdf { get; private set; }

    /// <summary>Arrays of npz weights by path (<c>layers/dense/vars/0</c>); null when the weights are HDF5.</summary>
    public IReadOnlyDictionary<string, Tensor>? Npz { get; private set; }

    /// <summary>Members of an archive or folder beside configuration and weights (metadata, assets), by name, in order.</summary>
    public OrderedDictionary<string, byte[]> OtherMembers { get; } = [];

    /// <summary>Members in the order of the archive, so that a copy keeps it.</summary>
    public IReadOnlyList<string> MemberOrder { get; private set; } = [];

    /// <summary>True when there are weights of any kind.</summary>
    public bool HasWeights => Hdf is not null || Npz is not null;

    /// <summary>Version of Keras that wrote the file; null when it does not tell.</summary>
    public string? KerasVersion =>
        JsonValues.Text(Metadata?["keras_version"]) ?? Hdf?.TextAttribute("keras_version") ?? Hdf?.Group("model_weights")?.TextAttribute("keras_version") ?? JsonValues.Text(Config?["keras_version"]);

    /// <summary>True when Keras 1 or 2 (or tf_keras) wrote the configuration.</summary>
    public bool IsOlder
    {
        get
        {
            string? version = KerasVersion;
            return version is not null ? version.StartsWith('1') || version.StartsWith('2') : Config?["module"] is null;
        }
    }

    /// <summary>Opens a file or folder; what it is tells its content, not its name.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="configOnly">True to leave the weights of archives and folders alone.</param>
    public static KerasFile Open(string path, bool configOnly = false)
    {
        if (Directory.Exists(path))
        {
            return OpenFolder(path, configOnly);
        }

        byte[] start = InputFile.Read(path, stream =>
        {
            byte[] bytes = new byte[Math.Min(stream.Length, 4096)];
            stream.ReadExactly(bytes);
            return bytes;
        });
        if (start.Length == 0)
        {
            throw DataErrors.Empty.At(path);
        }

        if (SafeZip.IsZip(start))
        {
            using SafeZip zip = SafeZip.Open(path);
            return OpenArchive(zip, path, configOnly);
        }

        if (HdfReader.IsHdf(start))
        {
            return OpenHdf(path);
        }

        ReadOnlySpan<byte> blanks = [(byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0xEF, 0xBB, 0xBF];
        return new ReadOnlySpan<byte>(start).TrimStart(blanks) is [(byte)'{' or (byte)'[', ..]
            ? OpenText(path)
            : throw KerasFileErrors.NotAModel.At(path, "the first bytes are neither those of a zip archive, nor of HDF5, nor of JSON");
    }

    /// <summary>Reads a whole file into memory, within the limit of one array.</summary>
    internal static byte[] ReadAll(string path) => InputFile.Read(path, stream =>
    {
        if (stream.Length > Array.MaxLength)
        {
            throw DataErrors.TooLarge.At(path, "The file", $"{stream.Length} bytes", $"{Array.MaxLength} bytes");
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });

    private static KerasFile OpenArchive(SafeZip zip, string path, bool configOnly)
    {
        if (!zip.Contains(ConfigMember) && zip.Names.Count > 0 && zip.Names.All(n => n.EndsWith(".npy", StringComparison.Ordinal)))
        {
            var weights = new KerasFile(path, KerasFormat.Weights);
            weights.Npz = configOnly ? null : NpzWeights.Read(ReadAll(path), path);
            return weights;
        }

        return OpenMembers(new KerasFile(path, KerasFormat.Archive), [.. zip.Names], name => zip.ReadBytes(name, LimitOf(name)), configOnly);
    }

    private static KerasFile OpenFolder(string path, bool configOnly)
    {
        if (!File.Exists(System.IO.Path.Combine(path, ConfigMember)))
        {
            throw KerasFileErrors.NotAModel.At(path, "the folder has no config.json");
        }

        string[] names;
        try
        {
            names = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(f => System.IO.Path.GetRelativePath(path, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw DataErrors.Unreadable.At(path, error.Message);
        }

        return OpenMembers(new KerasFile(path, KerasFormat.Folder), names, name => ReadAll(System.IO.Path.Combine(path, name)), configOnly);
    }

    private static long LimitOf(string name) => name.EndsWith(".json", StringComparison.Ordinal) ? JsonText.LargestText : Array.MaxLength;

    private static KerasFile OpenMembers(KerasFile file, IReadOnlyList<string> names, Func<string, byte[]> read, bool configOnly)
    {
        HashSet<string> present = [.. names];
        if (!present.Contains(ConfigMember))
        {
            throw KerasFileErrors.NoConfig.At(file.Path);
        }

        file.MemberOrder = names;
        file.ConfigText = read(ConfigMember);
        file.Config = AsObject(JsonText.Parse(file.ConfigText, file.Path, ConfigMember), file.Path, ConfigMember);
        if (present.Contains(MetadataMember))
        {
            file.Metadata = JsonText.Parse(read(MetadataMember), file.Path, MetadataMember) as JsonObject;
        }

        if (configOnly)
        {
            return file;
        }

        HashSet<string> taken = [ConfigMember];
        if (present.Contains(WeightsMember))
        {
            taken.Add(WeightsMember);
            file.Hdf = HdfReader.Read(read(WeightsMember), $"{file.Path}: {WeightsMember}");
        }
        else if (present.Contains(IndexMember))
        {
            taken.Add(IndexMember);
            file.Hdf = ShardedWeights.Read(read(IndexMember), $"{file.Path}: {IndexMember}", shard => present.Contains(shard) && taken.Add(shard) ? read(shard) : null);
        }
        else if (present.Contains(NpzMember))
        {
            taken.Add(NpzMember);
            file.Npz = NpzWeights.Read(read(NpzMember), $"{file.Path}: {NpzMember}");
        }

        foreach (string name in names)
        {
            // Names that end with a slash are folders of an archive.
            if (!taken.Contains(name) && !name.EndsWith('/') && !IsHostile(name))
            {
                file.OtherMembers[name] = read(name);
            }
        }

        return file;
    }

    // Members that would climb out of a folder are no part of a model; they are neither read nor written.
    private static bool IsHostile(string name) => name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.Split('/').Contains("..");

    private static KerasFile OpenHdf(string path)
    {
        HdfGroup root = HdfReader.Read(ReadAll(path), path);
        if (root.TextAttribute("model_config") is not { } text)
        {
            return new KerasFile(path, KerasFormat.Weights) { Hdf = root };
        }

        byte[] config = Encoding.UTF8.GetBytes(text);
        return new KerasFile(path, KerasFormat.LegacyHdf)
        {
            Hdf = root, ConfigText = config, Config = AsObject(JsonText.Parse(config, path, "The attribute model_config"), path, "The attribute model_config"),
        };
    }

    private static KerasFile OpenText(string path)
    {
        byte[] text = ReadAll(path);
        JsonNode? node = JsonText.Parse(text, path, "The file");
        if (node is JsonObject index && index.ContainsKey("weight_map"))
        {
            string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
            return new KerasFile(path, KerasFormat.Weights)
            {
                Hdf = ShardedWeights.Read(text, path, shard => File.Exists(System.IO.Path.Combine(folder, shard)) ? ReadAll(System.IO.Path.Combine(folder, shard)) : null),
            };
        }

        return new KerasFile(path, KerasFormat.Architecture) { ConfigText = text, Config = AsObject(node, path, "The file") };
    }

    private static JsonObject AsObject(JsonNode? node, string path, string what) =>
        node as JsonObject ?? throw KerasFileErrors.ConfigIsNoModel.At(path, what, JsonValues.Shown(node));
}
