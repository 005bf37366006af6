using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>What a transform specification does with the columns of a frame; columns count from 0.</summary>
internal sealed record TransformSpec(IReadOnlySet<int> Recoded, IReadOnlySet<int> Dummies, IReadOnlySet<int> Omitted, IReadOnlyDictionary<int, TransformBins> Bins)
{
    private static readonly string[] Known = ["ids", "recode", "dummycode", "omit", "bin"];

    /// <summary>Reads the JSON text.</summary>
    /// <param name="text">For example <c>{ "ids": true, "recode": [2], "bin": [{"id": 3, "method": "equi-width", "numbins": 4}] }</c>.</param>
    /// <param name="names">Column names, for specifications by name.</param>
    public static TransformSpec Read(string text, IReadOnlyList<string> names)
    {
        JsonObject tree;
        try
        {
            tree = JsonNode.Parse(text) as JsonObject ?? throw RuntimeErrors.Distribution.With("spec as a JSON object", text);
        }
        catch (JsonException e)
        {
            throw RuntimeErrors.Distribution.With("spec as JSON", e.Message);
        }

        if (tree.Select(p => p.Key).FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            throw RuntimeErrors.Distribution.With("spec with " + string.Join(", ", Known), $"'{unknown}', which is not supported");
        }

        int Column(JsonNode? node)
        {
            int position = node!.GetValueKind() == JsonValueKind.String ? names.ToList().IndexOf((string)node!) : (int)node - 1;
            return position >= 0 && position < names.Count ? position : throw RuntimeErrors.Distribution.With("a column of the frame: " + string.Join(", ", names), node.ToJsonString());
        }

        HashSet<int> Columns(string key) => tree[key] is JsonArray list ? [.. list.Select(Column)] : [];
        var bins = new Dictionary<int, TransformBins>();
        foreach (JsonNode? bin in tree["bin"] as JsonArray ?? [])
        {
            bins[Column(bin!["id"] ?? bin["name"])] = new TransformBins((int)bin["numbins"]!, (string?)bin["method"] is "equi-height");
        }

        HashSet<int> dummies = Columns("dummycode");
        HashSet<int> recoded = Columns("recode");
        recoded.UnionWith(dummies.Where(d => !bins.ContainsKey(d)));
        return new TransformSpec(recoded, dummies, Columns("omit"), bins);
    }
}

/// <summary>Bins of a numeric column: of equal width, or with equally many values.</summary>
internal readonly record struct TransformBins(int Count, bool IsEqualHeight);
