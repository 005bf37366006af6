using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Runtime.Files;

/// <summary>What a <c>.mtd</c> file or the arguments of read say of a data file.</summary>
internal sealed record FileMetadata
{
    public string Format { get; init; } = string.Empty;

    public string DataType { get; init; } = string.Empty;

    public string ValueType { get; init; } = string.Empty;

    public long Rows { get; init; } = -1;

    public long Columns { get; init; } = -1;

    public bool Header { get; init; }

    public string Separator { get; init; } = ",";

    /// <summary>The character between fields.</summary>
    /// <exception cref="Keras2DmlException">There is none.</exception>
    public char SeparatorCharacter => Separator.Length > 0 ? Separator[0] : throw RuntimeErrors.Distribution.With("sep as a character between fields", "an empty text");

    /// <summary>True when empty fields take <see cref="Default"/>.</summary>
    public bool Fill { get; init; }

    public double Default { get; init; }

    /// <summary>Texts that stand for missing numbers.</summary>
    public IReadOnlyList<string> MissingNames { get; init; } = [];

    /// <summary>Types of a frame's columns; empty when unknown.</summary>
    public IReadOnlyList<string> Schema { get; init; } = [];

    /// <summary>The arguments with what the <c>.mtd</c> file beside the data adds.</summary>
    public FileMetadata WithFile(string path)
    {
        string file = path + ".mtd";
        if (!File.Exists(file))
        {
            return this;
        }

        JsonObject tree;
        try
        {
            tree = JsonNode.Parse(File.ReadAllText(file), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false })!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RuntimeErrors.Metadata.At(file, e.Message);
        }

        string Text(string key, string own) => own.Length > 0 ? own : (tree[key]?.ToString() ?? string.Empty).ToLowerInvariant();
        long Number(string key, long own) => own >= 0 ? own : tree[key] is not { } node ? -1
            : long.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number is >= -1 and <= int.MaxValue ? number
            : throw RuntimeErrors.Metadata.At(file, $"'{key}' is no size: {node.ToJsonString()}");
        return this with
        {
            Format = Text("format", Format),
            DataType = Text("data_type", DataType),
            ValueType = Text("value_type", ValueType),
            Rows = Number("rows", Rows),
            Columns = Number("cols", Columns),
            Header = Header || string.Equals(tree["header"]?.ToString(), "true", StringComparison.OrdinalIgnoreCase),
            Schema = (tree["schema"]?.ToString() ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Separator = tree["sep"]?.ToString() is { Length: > 0 } separator && Separator == "," ? separator : Separator,
        };
    }
}
