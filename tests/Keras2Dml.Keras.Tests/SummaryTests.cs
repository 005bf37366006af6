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
            foreach (string line in File.ReadLines(Checkout.Golden("models/summary/index.jsonl")))
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
            document = KerasDocument.Load(Checkout.Golden("models/" + model), configOnly: true);
        }
        catch (Keras2DmlException error) when (error.Category == ErrorCategory.Invalid)
        {
            Assert.Skip(error.Message);
            return;
        }

        var options = new SummaryOptions(98, text.Contains("expand_nested", StringComparison.Ordinal), text.Contains("show_trainable", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllText(Checkout.Golden("models/summary/" + text)), ModelSummary.Text(document, options) + "\n");
    }

    [Fact]
    public void The_facts_are_those_of_Keras()
    {
        int compared = 0;
        foreach (string line in File.ReadLines(Checkout.Golden("models/summary/index.jsonl")))
        {
            JsonNode entry = JsonNode.Parse(line)!;
            try
            {
                JsonObject actual = ModelFacts.Json(KerasDocument.Load(Checkout.Golden("models/" + (string)entry["model"]!)));
                JsonNode expected = JsonNode.Parse(File.ReadAllText(Checkout.Golden("models/summary/" + (string)entry["facts"]!)))!;
                foreach (string key in new[] { "name", "class", "inputs", "outputs", "parameters", "trainable_parameters" })
                {
                    Assert.True(JsonNode.DeepEquals(expected[key], actual[key]), $"{entry["case"]} {key}: {expected[key]?.ToJsonString()} {actual[key]?.ToJsonString()}");
                }

                // Keras applies the layers of a Sequential model that was built later a second time.
                bool chain = (string)expected["class"]! == "Sequential";
                foreach ((JsonNode? e, JsonNode? a) in expected["layers"]!.AsArray().Zip(actual["layers"]!.AsArray()))
                {
                    foreach (string key in new[] { "name", "class", "calls", "output_shape", "parameters", "trainable" }.Where(k => !chain || k != "calls"))
                    {
                        Assert.True(JsonNode.DeepEquals(e![key], a![key]), $"{entry["case"]} {e["name"]} {key}: {e[key]?.ToJsonString()} {a[key]?.ToJsonString()}");
                    }
                }

                compared++;
            }
            catch (Keras2DmlException error) when (error.Category == ErrorCategory.Invalid)
            {
                continue;
            }
        }

        Assert.True(compared > 5);
    }
}
