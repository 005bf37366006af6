using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class ConvertTests
{
    [Fact]
    public void A_model_goes_through_every_format_and_keeps_its_weights()
    {
        using var folder = new TemporaryFolder();
        Convert(Sample("digits_cnn.keras"), folder["a.h5"]);
        Convert(folder["a.h5"], folder["b.keras"]);
        Convert(folder["b.keras"], folder["c.json"]);
        Convert(folder["b.keras"], folder["c.weights.h5"]);
        Convert(folder["c.json"], folder["d.keras"], "--weights", folder["c.weights.h5"]);
        Assert.Equal(Values(Sample("digits_cnn.keras")), Values(folder["d.keras"]));
    }

    [Fact]
    public void Another_ending_is_refused()
    {
        using var folder = new TemporaryFolder();
        (int code, string output) = Run("convert", Sample("digits_cnn.keras"), folder["x.onnx"]);
        Assert.Equal(2, code);
        Assert.Contains("Expected an output file that ends in .keras, .h5, .hdf5, .json.", output, StringComparison.Ordinal);
    }

    private static void Convert(params string[] arguments)
    {
        (int code, string output) = Run(["convert", .. arguments]);
        Assert.True(code == 0, output);
    }

    private static float[] Values(string path) => [.. KerasModel.Load(path).Weights.SelectMany(w => w.Value.AsSpan<float>().ToArray())];
}
