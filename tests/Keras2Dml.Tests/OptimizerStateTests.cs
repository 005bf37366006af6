using Keras2Dml.Keras;
using Keras2Dml.Keras.Hdf5;
using Keras2Dml.Network.Training;
using Keras2Dml.Tests.Golden;

namespace Keras2Dml.Tests;

/// <summary>What a fit leaves in a saved file, for optimizers whose variables are not simply one per weight.</summary>
public sealed class OptimizerStateTests
{
    [Theory]
    [InlineData("opt_loss_scale", 6)]
    [InlineData("opt_adafactor", 14)]
    [InlineData("opt_schedulefree", 10)]
    public void A_saved_model_goes_on_where_the_fit_ended(string name, int variables)
    {
        Tensor x = Tensor.From([.. Enumerable.Range(0, 26 * 8).Select(i => (float)Math.Sin(i))], 16, 13);
        Tensor y = Tensor.From([.. Enumerable.Range(0, 16).Select(i => (float)(i % 3))], 16);
        var options = new FitOptions { Epochs = 1, BatchSize = 4, Shuffle = false };
        KerasModel model = KerasModel.Load(Checkout.Golden($"training/fit/{name}.keras"));
        model.Fit(x, y, options);
        Assert.Equal(variables, Trained(model).Count);

        string path = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}.keras");
        try
        {
            model.Save(path);
            KerasModel again = KerasModel.Load(path);
            IReadOnlyList<OptimizerVariable> expected = Trained(model), actual = Trained(again);
            Assert.Equal(expected.Select(v => v.Name), actual.Select(v => v.Name));
            Assert.All(expected.Zip(actual), p => Assert.Equal(Values(p.First.Value), Values(p.Second.Value)));
            Assert.Equal(4, actual.Last(v => v.Name == "iteration").Value.GetDouble(0));

            model.Fit(x, y, options);
            again.Fit(x, y, options);
            Assert.All(model.Weights.Zip(again.Weights), p => Assert.Equal(Values(p.First.Value), Values(p.Second.Value)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("opt_loss_scale")]
    [InlineData("opt_adafactor")]
    [InlineData("opt_schedulefree")]
    [InlineData("opt_adam_ema")]
    [InlineData("opt_nadam")]
    public void A_saved_model_holds_what_Keras_writes(string name)
    {
        KerasModel model = KerasModel.Load(Checkout.Golden($"training/fit/{name}.keras"));
        model.Fit(Tensor.Zeros(ElementType.Float32, 4, 13), Tensor.Zeros(ElementType.Float32, 4), new FitOptions { Shuffle = false });
        string path = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}.keras");
        try
        {
            model.Save(path);
            Assert.Equal(Contents(Checkout.Golden($"training/fit/{name}.final.keras")), Contents(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_optimizer_in_another_is_compiled_and_saved()
    {
        KerasModel model = KerasModel.Load(Checkout.Golden("training/fit/opt_adam_ema.keras"));
        model.Compile(Optimizer.Named("LossScaleOptimizer", ("inner_optimizer", new Adam(0.5)), ("initial_scale", 16.0)), Loss.Named("sparse_categorical_crossentropy"));
        model.Fit(Tensor.Zeros(ElementType.Float32, 4, 13), Tensor.Zeros(ElementType.Float32, 4), new FitOptions { Shuffle = false });
        string path = Path.Combine(Path.GetTempPath(), $"nested-{Guid.NewGuid():N}.keras");
        try
        {
            model.Save(path);
            KerasModel again = KerasModel.Load(path);
            Assert.Equal(16, Trained(again).Single(v => v.Name == "dynamic_scale").Value.GetDouble(0));
            Assert.Equal(1, Trained(again).Single(v => v.Name == "step_counter").Value.GetDouble(0));
            Assert.Contains("optimizer/inner_optimizer/vars/3 Float32 (13, 6)", Contents(path));
            string config = KerasDocument.Load(path).File.Config!["compile_config"]!["optimizer"]!["config"]!.ToJsonString();
            Assert.StartsWith("""{"inner_optimizer":{"module":"keras.optimizers","class_name":"Adam","config":{"learning_rate":0.5,""", config, StringComparison.Ordinal);
            Assert.DoesNotContain("clipnorm", config[(config.LastIndexOf('}', config.Length - 2))..], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string[] Contents(string path)
    {
        static IEnumerable<string> Of(HdfGroup group, string prefix) => group.Children.SelectMany(c => c.Value is HdfGroup inner
            ? Of(inner, $"{prefix}{c.Key}/")
            : [$"{prefix}{c.Key} {((HdfDataset)c.Value).ToTensor("").ElementType} ({string.Join(", ", ((HdfDataset)c.Value).Dimensions)})"]);
        return [.. Of(KerasDocument.Load(path).File.Hdf!, "").Order(StringComparer.Ordinal)];
    }

    private static IReadOnlyList<OptimizerVariable> Trained(KerasModel model) => model.Training!.OptimizerVariables;

    private static double[] Values(Tensor tensor) => [.. Enumerable.Range(0, tensor.Length).Select(tensor.GetDouble)];
}
