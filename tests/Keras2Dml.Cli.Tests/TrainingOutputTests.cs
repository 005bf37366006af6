using System.Text.Json.Nodes;
using System.Xml.Linq;
using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class TrainingOutputTests
{
    [Theory]
    [InlineData("curves.png")]
    [InlineData("curves.svg")]
    public void Curves_are_drawn(string name)
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = Train(folder, "--epochs", "2", "--validation-split", "0.2", "--plot", folder[name]);
        Assert.True(code == 0, output);
        if (name.EndsWith(".png", StringComparison.Ordinal))
        {
            Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(folder[name])[..4]);
        }
        else
        {
            string text = XDocument.Load(folder[name]).Root!.Value;
            Assert.All(["loss", "accuracy", "training", "validation", "epoch"], t => Assert.Contains(t, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Another_ending_of_the_picture_is_refused_before_training()
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = Train(folder, "--plot", folder["curves.bmp"]);
        Assert.Equal(2, code);
        Assert.Contains("Expected an output file that ends in .png, .svg.", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void History_files_tell_in_which_epochs_there_was_a_validation()
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = Train(folder, "--epochs", "3", "--validation-split", "0.2", "--validation-freq", "2", "--history", folder["h.csv"]);
        Assert.True(code == 0, output);
        string[][] lines = [.. File.ReadAllLines(folder["h.csv"]).Select(l => l.Split(','))];
        Assert.Equal(["epoch", "loss", "accuracy", "val_loss", "val_accuracy"], lines[0].OrderBy(n => n.StartsWith("val_", StringComparison.Ordinal)));
        Assert.Equal(["NA", "NA"], lines[1][3..]);
        Assert.All(lines[2], v => Assert.NotEqual("NA", v));
        Assert.Equal(["NA", "NA"], lines[3][3..]);

        (code, _) = Train(folder, "--epochs", "2", "--history", folder["h.json"]);
        Assert.Equal(0, code);
        JsonNode json = JsonNode.Parse(File.ReadAllText(folder["h.json"]))!;
        Assert.Equal(2, json["loss"]!.AsArray().Count);
    }

    private static (int Code, string Output) Train(TemporaryFolder folder, params string[] more) =>
        Run(["train", Sample("digits_cnn.keras"), "--data", Sample("digits.csv"), "--labels", "digit", "--batch-size", "256", "--verbose", "0", "-o", folder["out.keras"], .. more]);
}
