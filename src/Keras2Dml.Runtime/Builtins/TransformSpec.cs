using System.Text.Json;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>What a transform specification does with the columns of a frame; columns count from 0.</summary>
internal sealed record TransformSpec
{
    private static readonly string[] Known = ["ids", "recode", "dummycode", "omit", "bin", "hash", "K", "impute"];

    /// <summary>Texts become their codes.</summary>
    public required IReadOnlySet<int> Recoded { get; init; }

    /// <summary>Codes become a column of 0 and 1 each.</summary>
    public required IReadOnlySet<int> Dummies { get; init; }

    /// <summary>Rows without a value here are left out.</summary>
    public required IReadOnlySet<int> Omitted { get; init; }

    /// <summary>Numbers become the bins in which they lie.</summary>
    public required IReadOnlyDictionary<int, TransformBins> Bins { get; init; }

    /// <summary>Texts become one of <see cref="HashCount"/> codes.</summary>
    public required IReadOnlySet<int> Hashed { get; init; }

    /// <summary>The argument <c>K</c>.</summary>
    public required int HashCount { get; init; }

    /// <summary>Missing values become others.</summary>
    public required IReadOnlyDictionary<int, TransformImpute> Imputed { get; init; }

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
            int position = Text(node) is { } name ? names.ToList().IndexOf(name) : Integer(node, "a column") - 1;
            return position >= 0 && position < names.Count ? position : throw RuntimeErrors.Distribution.With("a column of the frame: " + string.Join(", ", names), Shown(node));
        }

        HashSet<int> Columns(string key) => tree[key] is JsonArray list ? [.. list.Select(Column)] : [];
        IEnumerable<(int Column, JsonObject Entry)> Entries(string key) => (tree[key] as JsonArray ?? []).Select(e =>
            e is JsonObject entry ? (Column(entry["id"] ?? entry["name"]), entry) : throw RuntimeErrors.Distribution.With($"'{key}' as a list of objects with id and method", Shown(e)));

        var bins = Entries("bin").ToDictionary(b => b.Column, b => new TransformBins(Integer(b.Entry["numbins"], "numbins"), Text(b.Entry["method"]) is "equi-height"));
        HashSet<int> dummies = Columns("dummycode");
        HashSet<int> hashed = Columns("hash");
        HashSet<int> recoded = Columns("recode");
        recoded.UnionWith(dummies.Where(d => !bins.ContainsKey(d) && !hashed.Contains(d)));
        return new TransformSpec
        {
            Recoded = recoded,
            Dummies = dummies,
            Omitted = Columns("omit"),
            Bins = bins,
            Hashed = hashed,
            HashCount = hashed.Count == 0 ? 0 : Integer(tree["K"], "K"),
            Imputed = Entries("impute").ToDictionary(i => i.Column, i => Imputation(i.Entry)),
        };
    }

    private static TransformImpute Imputation(JsonObject entry) => Text(entry["method"]) switch
    {
        "global_mean" => new TransformImpute(ImputeMethod.Mean, null),
        "global_mode" => new TransformImpute(ImputeMethod.Mode, null),
        "constant" when entry["value"] is JsonValue value => new TransformImpute(ImputeMethod.Constant, Text(value) ?? value.ToJsonString()),
        _ => throw RuntimeErrors.Distribution.With("impute with the method global_mean, global_mode, or constant and a value", Shown(entry)),
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static int Integer(JsonNode? node, string what) =>
        node is JsonValue value && value.TryGetValue(out int number) && number > 0 ? number : throw RuntimeErrors.Distribution.With($"{what} as a positive integer", Shown(node));

    private static string Shown(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}

/// <summary>Bins of a numeric column: of equal width, or with equally many values.</summary>
internal readonly record struct TransformBins(int Count, bool IsEqualHeight);

/// <summary>What stands for missing values of a column.</summary>
internal readonly record struct TransformImpute(ImputeMethod Method, string? Value);

/// <summary>How missing values are replaced.</summary>
internal enum ImputeMethod { Mean, Mode, Constant }
