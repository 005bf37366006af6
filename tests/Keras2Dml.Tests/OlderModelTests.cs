using Keras2Dml.Callbacks;

namespace Keras2Dml.Tests;

/// <summary>Models of Keras 1 and 2 stay in the format that holds their configuration.</summary>
public sealed class OlderModelTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("older").FullName;

    private static string Mlp => Checkout.Golden("models/keras2/k20_sequential_mlp_bn.h5");

    [Fact]
    public void An_archive_is_refused_before_anything_is_done()
    {
        KerasModel model = KerasModel.Load(Mlp);
        string archive = Path.Combine(folder, "m.keras");
        string expected = $"K2D1033: {archive}: The model was written by Keras 2.0.8, whose configuration a .keras file cannot hold. Save it as .h5, which every Keras reads.";

        Assert.Equal(expected, Assert.Throws<Keras2DmlException>(() => model.Save(archive)).Message);
        Assert.Equal(expected, Assert.Throws<Keras2DmlException>(() => Train(model, new ModelCheckpoint(archive))).Message);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Equal(".h5", model.FileEnding);
    }

    [Fact]
    public void Trained_weights_go_into_a_file_of_the_same_kind()
    {
        KerasModel model = KerasModel.Load(Mlp);
        Train(model);
        string path = Path.Combine(folder, "trained.h5");
        model.Save(path);

        KerasModel again = KerasModel.Load(path);
        Assert.Equal(Values(model), Values(again));
        Assert.NotEqual(Values(KerasModel.Load(Mlp)), Values(again));
        Assert.Equal(model.Summary(), again.Summary());
    }

    [Fact]
    public void An_exported_folder_comes_back()
    {
        KerasModel model = KerasModel.Load(Mlp);
        Compile(model);
        model.Export(folder);

        Assert.True(File.Exists(Path.Combine(folder, "model.h5")));
        Assert.True(File.Exists(Path.Combine(folder, "train.dml")));
    }

    [Fact]
    public void A_configuration_without_weights_becomes_a_whole_file()
    {
        string json = Path.Combine(folder, "m.json"), path = Path.Combine(folder, "m.h5");
        KerasModel.Load(Mlp).Save(json);
        KerasModel model = KerasModel.Load(json);
        Compile(model);
        Train(model);
        model.Save(path);

        KerasModel again = KerasModel.Load(path);
        Assert.Equal(Values(model), Values(again));
        Assert.Equal(".h5", again.FileEnding);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static float[] Values(KerasModel model) => [.. model.Weights.SelectMany(w => w.Value.AsSpan<float>().ToArray())];

    private static void Compile(KerasModel model) => model.Compile(new Sgd(0.1), Losses.MeanSquaredError);

    private static void Train(KerasModel model, params Callback[] callbacks)
    {
        Compile(model);
        int[] Shape(ModelPort port) => [8, .. port.Shape.Select(d => d!.Value)];
        Tensor x = Random(Shape(model.Inputs[0])), y = Random(Shape(model.Outputs[0]));
        model.Fit(x, y, new FitOptions { Callbacks = callbacks });
    }

    private static Tensor Random(int[] shape)
    {
        var random = new Random(5);
        return Tensor.From(Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => random.NextSingle()).ToArray(), shape);
    }
}
