using System.Xml.Linq;
using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class SummaryTests
{
    [Fact]
    public void Pictures_go_to_stdout()
    {
        (int code, string dot, string error) = RunSeparately("summary", Sample("digits_cnn.keras"), "--dot");
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("digraph model {\n", dot, StringComparison.Ordinal);
        Assert.Contains("[label=\"conv1\\nConv2D\\n(None, 8, 8, 32)\\n320 parameters\"", dot, StringComparison.Ordinal);
        Assert.StartsWith("flowchart TB\n", RunSeparately("summary", Sample("digits_cnn.keras"), "--mermaid").Output, StringComparison.Ordinal);
        XDocument svg = XDocument.Parse(RunSeparately("summary", Sample("digits_cnn.keras"), "--svg").Output);
        Assert.Equal("svg", svg.Root!.Name.LocalName);
    }

    [Fact]
    public void A_picture_is_written_to_a_file()
    {
        using var folder = new TemporaryFolder();
        (int code, string output, string error) = RunSeparately("summary", Sample("digits_cnn.keras"), "--svg", "-o", folder["net.svg"]);
        Assert.Equal((0, "", $"Saved {folder["net.svg"]}{Environment.NewLine}"), (code, output, error));
        Assert.StartsWith("<svg ", File.ReadAllText(folder["net.svg"]), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Only_one_format_at_a_time()
    {
        (int code, _, string error) = RunSeparately("summary", Sample("digits_cnn.keras"), "--svg", "--dot");
        Assert.Equal(2, code);
        Assert.Equal("K2D7015: Expected at most one of --json, --dot, --svg, --mermaid. Received: --dot, --svg.\n", error);
    }

    [Fact]
    public void An_output_in_a_missing_folder_is_refused()
    {
        (int code, _, string error) = RunSeparately("summary", Sample("digits_cnn.keras"), "--svg", "-o", "/nowhere/at/all/x.svg");
        Assert.Equal(1, code);
        Assert.Contains("/nowhere/at/all does not exist", error, StringComparison.Ordinal);
    }
}
