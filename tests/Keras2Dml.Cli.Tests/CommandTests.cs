using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class CommandTests
{
    [Theory]
    [InlineData(2, "'trian' was not matched", "trian", "digits_cnn.keras")]
    [InlineData(2, "--wobble", "summary", "digits_cnn.keras", "--wobble")]
    [InlineData(2, "Expected --batch-size of at least 1. Received: 0.", "train", "digits_cnn.keras", "--data", "x.npy,y.npy", "--batch-size", "0")]
    [InlineData(2, "Expected --validation-split from 0 to below 1. Received: 1.5.", "train", "digits_cnn.keras", "--data", "x.npy,y.npy", "--validation-split", "1.5")]
    [InlineData(4, "gone.keras", "summary", "gone.keras")]
    [InlineData(4, "K2D7009: gone.dml: The script does not exist. Check the path.", "run", "gone.dml")]
    [InlineData(4, "K2D7007: Expected a folder with golden cases", "verify", "gone")]
    public void Wrong_usage_and_missing_files_have_their_exit_code_and_sentence(int exitCode, string sentence, params string[] arguments)
    {
        (int code, string output) = Run(arguments);
        Assert.Equal(exitCode, code);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Summary_and_script_of_the_sample_go_to_stdout()
    {
        (int code, string summary) = Run("summary", Sample("digits_cnn.keras"));
        Assert.Equal(0, code);
        Assert.Contains("Trainable params: 53,002 (207.04 KB)", summary, StringComparison.Ordinal);
        (code, string script) = Run("script", Sample("digits_cnn.keras"), "--epochs", "15");
        Assert.Equal(0, code);
        Assert.Contains("epochs = ifdef($epochs, 15)", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_are_written_in_the_format_of_the_file_name()
    {
        string path = Path.Combine(Path.GetTempPath(), $"p-{Guid.NewGuid():N}.csv");
        try
        {
            (int code, _) = Run("predict", Sample("digits_cnn.keras"), "--data", Sample("digits.csv"), "--labels", "digit", "-o", path);
            Assert.Equal(0, code);
            string[] lines = File.ReadAllLines(path);
            Assert.Equal(1797, lines.Length);
            Assert.Equal(10, lines[0].Split(',').Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
