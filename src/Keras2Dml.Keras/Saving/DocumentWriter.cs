using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Errors;
using Keras2Dml.Keras.Files;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Keras.Training;

namespace Keras2Dml.Keras.Saving;

/// <summary>Writes a document: what nobody changed byte for byte or value for value, the rest anew.</summary>
internal static class DocumentWriter
{
    private const string KerasVersion = "3.15.1";
    private const string LastOlderVersion = "2.15.0";
    private static readonly DateTimeOffset ArchiveTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The endings of the formats.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".keras", ".h5", ".hdf5", ".json"];

    /// <summary>Writes the file in the format that its name asks for.</summary>
    public static void Save(KerasDocument document, string path)
    {
        Check(document, path);
        string name = Path.GetFileName(path);
        if (name.EndsWith(".weights.h5", StringComparison.OrdinalIgnoreCase))
        {
            HdfGroup tree = WeightsWriter.Modern(document, withOptimizer: true);
            AtomicFile.Write(path, stream => HdfWriter.Write(stream, tree));
        }
        else if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            byte[] config = ConfigBytes(document);
            AtomicFile.Write(path, stream => stream.Write(config));
        }
        else if (name.EndsWith(".h5", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".hdf5", StringComparison.OrdinalIgnoreCase))
        {
            HdfGroup tree = Legacy(document);
            AtomicFile.Write(path, stream => HdfWriter.Write(stream, tree));
        }
        else
        {
            IReadOnlyList<(string Name, byte[] Bytes)> members = Members(document);
            AtomicFile.Write(path, stream => WriteArchive(stream, members));
        }
    }

    /// <summary>Members of the archive in the order of the original.</summary>
    private static IReadOnlyList<(string Name, byte[] Bytes)> Members(KerasDocument document)
    {
        KerasFile file = document.File;
        var members = new OrderedDictionary<string, byte[]>(StringComparer.Ordinal);
        IEnumerable<string> order = file.MemberOrder.Count > 0 ? file.MemberOrder : ["metadata.json", "config.json", "model.weights.h5"];
        foreach (string member in order)
        {
            if (file.OtherMembers.TryGetValue(member, out byte[]? bytes))
            {
                members[member] = bytes;
            }
            else if (member == "config.json")
            {
                members[member] = ConfigBytes(document);
            }
            else if (member == "model.weights.h5")
            {
                members[member] = WeightBytes(document);
            }
        }

        if (!members.ContainsKey("metadata.json"))
        {
            string date = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture);
            members.Insert(0, "metadata.json", Encoding.UTF8.GetBytes($"{{\"keras_version\": \"{KerasVersion}\", \"date_saved\": \"{date}\"}}"));
        }

        // Weights that came as shards or npz are written as one HDF5 member.
        if (!members.ContainsKey("model.weights.h5"))
        {
            members["model.weights.h5"] = WeightBytes(document);
        }

        return [.. members.Select(m => (m.Key, m.Value))];
    }

    private static byte[] WeightBytes(KerasDocument document)
    {
        var stream = new MemoryStream();
        HdfWriter.Write(stream, WeightsWriter.Modern(document, withOptimizer: true));
        return stream.ToArray();
    }

    private static void WriteArchive(Stream stream, IReadOnlyList<(string Name, byte[] Bytes)> members)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach ((string name, byte[] bytes) in members)
        {
            // Keras stores without compression.
            ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
            entry.LastWriteTime = ArchiveTime;
            using Stream member = entry.Open();
            member.Write(bytes);
        }
    }

    /// <summary>The configuration: the file's own bytes, with another compile_config when the training specification was changed.</summary>
    private static byte[] ConfigBytes(KerasDocument document)
    {
        bool legacy = document.File.Format == KerasFormat.LegacyHdf;
        if (!legacy && !CompileWriter.Changed(document))
        {
            return document.File.ConfigText!;
        }

        var config = (JsonObject)document.File.Config!.DeepClone();
        if (legacy && document.File.IsOlder)
        {
            // The text of to_json() in Keras 1 and 2.
            config["keras_version"] = document.File.KerasVersion;
            config["backend"] = document.File.Hdf!.TextAttribute("backend") ?? "tensorflow";
        }
        else if (legacy && config["module"] is null)
        {
            // What a legacy file of Keras 3 leaves out around the same configuration.
            config.Insert(0, "module", document.Outline.IsSequential ? "keras" : "keras.src.models.functional");
            config["registered_name"] = document.Outline.IsSequential ? null : "Functional";
        }

        if (document.Model.Training is not null)
        {
            config["compile_config"] = CompileWriter.Config(document);
        }

        return JsonText.Write(config);
    }

    /// <summary>True when a <c>.keras</c> file can hold the model's configuration.</summary>
    public static bool IsModern(KerasDocument document) => document.File.Format is KerasFormat.Archive or KerasFormat.Folder || !document.File.IsOlder;

    /// <summary>Fails when the document cannot be saved under a name; what <see cref="Save"/> checks first.</summary>
    public static void Check(KerasDocument document, string path)
    {
        if (!Endings.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            throw KerasFileErrors.UnknownEnding.At(path);
        }

        if (path.EndsWith(".keras", StringComparison.OrdinalIgnoreCase) && !IsModern(document))
        {
            throw KerasFileErrors.OlderConfig.At(path, document.File.KerasVersion ?? "1 or 2");
        }
    }

    private static HdfGroup Legacy(KerasDocument document)
    {
        KerasFile file = document.File;
        if (file.Format == KerasFormat.LegacyHdf)
        {
            HdfGroup tree = WeightsWriter.Legacy(document);
            if (CompileWriter.Changed(document))
            {
                tree.Attributes["training_config"] = HdfValue.Text(Encoding.UTF8.GetString(JsonText.Write(CompileWriter.LegacyConfig(document))), HdfType.Ascii);
            }

            return tree;
        }

        return LegacyFile.Create(document, document.File.KerasVersion ?? (document.File.IsOlder ? LastOlderVersion : KerasVersion));
    }
}
