using System.Text.Json.Nodes;
using Keras2Dml.Keras;
using Keras2Dml.Keras.Summary;

namespace Keras2Dml.Verification;

/// <summary>Summary texts, letter by letter.</summary>
internal sealed class SummaryCases : ICaseSuite
{
    private const int LineLength = 98;

    /// <inheritdoc/>
    public bool Handles(string part) => part == "models/summary";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        KerasDocument document = KerasDocument.Load(Path.Combine(index.Folder, "..", (string)entry["model"]!));
        foreach (string kind in new[] { "text", "expand_nested", "show_trainable" }.Where(k => entry[k] is not null))
        {
            string expected = File.ReadAllText(Path.Combine(index.Folder, (string)entry[kind]!));
            string actual = ModelSummary.Text(document, new SummaryOptions(LineLength, kind == "expand_nested", kind == "show_trainable"));
            if (expected.TrimEnd('\n') != actual.TrimEnd('\n'))
            {
                (string theirs, string ours) = expected.Split('\n').Zip(actual.Split('\n')).FirstOrDefault(p => p.First != p.Second);
                return CaseResult.Failed(index.Part, name, $"{kind}: expected '{theirs}', received '{ours}'");
            }
        }

        return CaseResult.Passed(index.Part, name);
    }
}
