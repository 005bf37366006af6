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
    [InlineData(2, "'unsit'", "run", "gone.dml", "--disable-rewrite", "unsit")]
    [InlineData(4, "K2D7007: Expected a folder with golden cases", "verify", "gone")]
    public void Wrong_usage_and_missing_files_have_their_exit_code_and_sentence(int exitCode, string sentence, params string[] arguments)
    {
        (int code, string output) = Run(arguments);
        Assert.Equal(exitCode, code);
        Assert.Contains(sentence, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_of_a_script_tell_operators_and_rewrites()
    {
        string script = Path.Combine(Path.GetTempPath(), $"s-{Guid.NewGuid():N}.dml");
        File.WriteAllText(script, "X = rand(rows=5, cols=4, seed=1)\nprint(sum(t(X) %*% X))\n");
        try
        {
            (int code, string output) = Run("run", script, "--stats");
            Assert.Equal(0, code);
            Assert.Matches("rand +[0-9.]+ +1\n", output);
            Assert.Matches("transpose-multiply +[0-9.]+ +[0-9]+\n", output);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [Theory]
    [InlineData("0:2")]
    [InlineData("-1=2")]
    [InlineData("0=NaN")]
    [InlineData("0=1,0=2")]
    public void Class_weights_are_checked(string text)
    {
        (int code, string output) = Run("script", Sample("digits_cnn.keras"), "--class-weight", text);
        Assert.Equal(2, code);
        Assert.Contains($"K2D7019: Expected --class-weight as class=weight, each class once, for example 0=1 1=2.5. Received: '{text.Split(',')[^1]}'.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_weights_of_zero_leave_rows_out()
    {
        using var folder = new TemporaryFolder();
        string table = folder["t.csv"], half = folder["half.csv"], weights = folder["w.csv"];
        string[] lines = [.. File.ReadLines(Sample("digits.csv")).Take(41)];
        File.WriteAllLines(table, lines);
        File.WriteAllLines(half, lines.Take(21));
        File.WriteAllLines(weights, Enumerable.Range(0, 40).Select(i => i < 20 ? "1" : "0"));

        // Keras averages a loss over all rows, so half of them weigh half.
        double whole = Loss(Run("evaluate", Sample("digits_cnn.keras"), "--data", half, "--labels", "digit"));
        double weighted = Loss(Run("evaluate", Sample("digits_cnn.keras"), "--data", table, "--labels", "digit", "--sample-weight", weights, "--batch-size", "40"));
        Assert.Equal(whole / 2, weighted, 1e-5);

        static double Loss((int Code, string Output) result)
        {
            Assert.Equal(0, result.Code);
            return double.Parse(result.Output.Split('\n')[0]["loss: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void Weights_of_another_file_are_those_of_the_model()
    {
        using var folder = new TemporaryFolder();
        string configuration = folder["m.json"], weights = folder["m.weights.h5"];
        KerasModel model = KerasModel.Load(Sample("digits_cnn.keras"));
        model.Save(configuration);
        model.Save(weights);

        (int code, string expected) = Run("weights", Sample("digits_cnn.keras"), "--json");
        Assert.Equal(0, code);
        Assert.Equal((0, expected), Run("weights", configuration, "--weights", weights, "--json"));
        Assert.NotEqual((0, expected), Run("weights", configuration, "--json"));
    }

    [Fact]
    public void Every_listed_rewrite_can_be_switched_off()
    {
        string script = Path.Combine(Path.GetTempPath(), $"s-{Guid.NewGuid():N}.dml");
        File.WriteAllText(script, "print(1 + 1)\n");
        try
        {
            string[] names = Run("explain", "--rewrites").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            Assert.NotEmpty(names);
            Assert.All(names, n => Assert.Equal((0, "2\n"), Run("run", script, "--disable-rewrite", n)));
        }
        finally
        {
            File.Delete(script);
        }
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

        // Ctrl-C stops train after the batch; the script that is printed is the one that can.
        Assert.Contains("stop = host::batch_end(epoch, batch, num_batches, ", script, StringComparison.Ordinal);
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
