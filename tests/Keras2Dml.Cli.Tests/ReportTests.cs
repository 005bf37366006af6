using System.Text.Json.Nodes;
using Keras2Dml.Cli.Output;
using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class ReportTests
{
    [Fact]
    public void Help_ends_with_examples()
    {
        (int code, string output, string error) = RunSeparately("train", "--help");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("--plot", output, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  keras2dml train mlp.keras --data X.npy,y.npy", output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_tells_the_same_to_people_and_to_programs()
    {
        JsonArray findings = JsonNode.Parse(RunSeparately("doctor", "--json").Output)!.AsArray();
        string text = RunSeparately("doctor").Output;
        Assert.Equal([".NET", "System", "CPU features", "Threads", "Memory", "GPU", "Drawing", "Java", "Spark", "SystemDS"], findings.Select(f => (string)f!["name"]!));
        Assert.All(findings, f => Assert.Contains((string)f!["name"]!, text, StringComparison.Ordinal));
        Assert.All(findings.Where(f => !(bool)f!["available"]!), f => Assert.NotNull(f!["advice"]));
    }

    [Fact]
    public void Weights_have_statistics_and_histograms()
    {
        JsonArray rows = JsonNode.Parse(RunSeparately("weights", Sample("digits_cnn.keras"), "--layer", "conv1", "--json").Output)!.AsArray();
        Assert.Equal(["conv1/kernel", "conv1/bias"], rows.Select(r => (string)r!["path"]!));
        Assert.Equal([3, 3, 1, 32], rows[0]!["shape"]!.AsArray().Select(n => (int)n!));
        Assert.Equal(3 * 3 * 32, rows[0]!["histogram"]!.AsArray().Sum(n => (int)n!));
        (int code, string table, _) = RunSeparately("weights", Sample("digits_cnn.keras"));
        Assert.Equal(0, code);
        Assert.Contains("Histogram", table, StringComparison.Ordinal);
        Assert.Contains('█', table);
    }

    [Fact]
    public void Values_that_are_no_numbers_are_counted_apart()
    {
        WeightStatistics row = WeightStatistics.Of("w", Tensor.From([1.0, double.NaN, 3.0, double.PositiveInfinity], 4));
        Assert.Equal((2.0, 1.0, 1.0, 3.0, 2), (row.Mean, row.StandardDeviation, row.Minimum, row.Maximum, row.NotFinite));
        Assert.Equal(2, row.Counts.Sum());
        Assert.EndsWith(" 2 not finite", row.Line(8), StringComparison.Ordinal);
        JsonNode.Parse(row.ToJson().ToJsonString());
    }

    [Fact]
    public void An_unknown_layer_is_named_with_those_that_have_variables()
    {
        (int code, _, string error) = RunSeparately("weights", Sample("digits_cnn.keras"), "--layer", "conv");
        Assert.Equal(2, code);
        Assert.StartsWith("K2D7018: Expected a layer with variables. Received: 'conv'. The model has: conv1, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_and_metrics_are_printed_as_json()
    {
        using var folder = new TemporaryFolder();
        string[] data = ["--data", Sample("digits.csv"), "--labels", "digit"];
        JsonArray rows = JsonNode.Parse(RunSeparately(["predict", Sample("digits_cnn.keras"), "--json", .. data]).Output)!.AsObject().Single().Value!.AsArray();
        Assert.Equal((1797, 10), (rows.Count, rows[0]!.AsArray().Count));
        (int code, string output, string error) = RunSeparately(["train", Sample("digits_cnn.keras"), "--epochs", "2", "--batch-size", "256", "--json", "-o", folder["o.keras"], .. data]);
        Assert.Equal(0, code);
        Assert.Equal(2, JsonNode.Parse(output)!["accuracy"]!.AsArray().Count);
        Assert.Contains("Saved ", error, StringComparison.Ordinal);
    }
}
