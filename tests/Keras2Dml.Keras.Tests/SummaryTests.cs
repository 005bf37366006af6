using System.Text.Json.Nodes;
using Keras2Dml.Keras.Summary;

namespace Keras2Dml.Keras.Tests;

public sealed class SummaryTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string line in File.ReadLines(Golden.PathOf("models/summary/index.jsonl")))
            {
                JsonNode entry = JsonNode.Parse(line)!;
                foreach (string key in new[] { "text", "show_trainable", "expand_nested" }.Where(k => entry[k] is not null))
                {
                    cases.Add((string)entry["model"]!, (string)entry[key]!);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_is_that_of_Keras(string model, string text)
    {
        KerasDocument document;
        try
        {
            document = KerasDocument.Load(Golden.PathOf("models/" + model), configOnly: true);
        }
        catch (Keras2DmlException error) when (error.Category == ErrorCategory.Invalid)
        {
            Assert.Skip(error.Message);
            return;
        }

        var options = new SummaryOptions(98, text.Contains("expand_nested", StringComparison.Ordinal), text.Contains("show_trainable", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(Golden.PathOf("models/summary/" + text)), ModelSummary.Text(document, options) + "\n");
    }
}
