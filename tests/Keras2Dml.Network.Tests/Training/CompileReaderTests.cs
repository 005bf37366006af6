using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Network.Tests.Training;

public sealed class CompileReaderTests
{
    [Fact]
    public void Names_of_losses_and_metrics_are_read_for_one_output()
    {
        TrainingSpec spec = Read("""{"optimizer": "adam", "loss": "mse", "metrics": ["mae", "Accuracy"], "loss_weights": null}""", "out").Spec!;
        Assert.Equal("Adam", spec.Optimizer.ClassName);
        Assert.Equal("MeanSquaredError", Assert.Single(spec.Losses)!.ClassName);
        Assert.Equal(["mae", "Accuracy"], spec.Metrics[0].Select(m => m.String("name")));
        Assert.Equal("MeanAbsoluteError", spec.Metrics[0][0].ClassName);
        Assert.Equal("accuracy", spec.Metrics[0][1].ClassName);
    }

    [Theory]
    [InlineData("""{"a": "mse", "b": "binary_crossentropy"}""")]
    [InlineData("""["mse", "binary_crossentropy"]""")]
    public void Losses_of_several_outputs_come_in_the_order_of_the_outputs(string loss)
    {
        TrainingSpec spec = Read($$$"""{"optimizer": "sgd", "loss": {{{loss}}}, "loss_weights": {"b": 0.5}, "metrics": {"b": ["accuracy"]}}""", "a", "b").Spec!;
        Assert.Equal(["MeanSquaredError", "BinaryCrossentropy"], spec.Losses.Select(l => l!.ClassName));
        Assert.Equal([1.0, 0.5], spec.LossWeights!);
        Assert.Empty(spec.Metrics[0]);
        Assert.Equal("accuracy", Assert.Single(spec.Metrics[1]).ClassName);
    }

    [Theory]
    [InlineData("""{"optimizer": "sgd", "loss": "mse", "loss_weights": ["much"]}""", "K2D1031: compile configuration: The compile configuration's loss_weights expected a number for each output. Received: \"much\".")]
    [InlineData("""{"optimizer": "sgd", "loss": "mse", "metrics": [{"class_name": 7, "config": []}]}""", "K2D2006: compile configuration, metric of output 'out': Expected a metric as {class_name, config} or by name. Received: {\"class_name\":7,\"config\":[]}.")]
    public void Values_of_another_type_are_told(string config, string message) => Assert.Equal(message, Assert.Single(Read(config, "out").Problems).ToString());

    [Fact]
    public void Keras_2_training_configurations_are_read()
    {
        TrainingSpec spec = Read("""
            {"loss": "categorical_crossentropy", "metrics": [[{"class_name": "MeanMetricWrapper", "config": {"name": "acc", "dtype": "float32", "fn": "categorical_accuracy"}}]],
             "weighted_metrics": null, "loss_weights": null, "optimizer_config": {"class_name": "SGD", "config": {"name": "SGD", "learning_rate": 0.1, "decay": 0.05, "momentum": 0.9, "nesterov": true}}}
            """, "out").Spec!;
        Assert.Equal(0.05, new OptimizerSettings(spec.Optimizer).Decay);
        KerasObject metric = Assert.Single(spec.Metrics[0]);
        Assert.Equal("acc", metric.String("name"));

        // What the file says is what tf_keras guessed when it saved; the labels decide.
        Assert.Equal("SparseCategoricalAccuracy", MetricTable.Resolve(metric, new Shape(3), new Shape(1)).ClassName);
    }

    [Fact]
    public void What_cannot_be_trained_is_reported_and_leaves_no_specification()
    {
        CompileResult result = Read("""{"optimizer": {"class_name": "Lookahead", "config": {}}, "loss": "triplet", "metrics": ["perplexity"]}""", "out");
        Assert.Null(result.Spec);
        Assert.Equal(3, result.Problems.Count);
    }

    [Fact]
    public void An_uncompiled_model_has_nothing_to_read() => Assert.Null(CompileReader.Read(null, ["out"]).Spec);

    [Theory]
    [InlineData(new[] { 1 }, new[] { 1 }, "BinaryAccuracy")]
    [InlineData(new[] { 3 }, new[] { 3 }, "CategoricalAccuracy")]
    [InlineData(new[] { 3 }, new[] { 1 }, "SparseCategoricalAccuracy")]
    [InlineData(new[] { 3 }, new int[0], "SparseCategoricalAccuracy")]
    [InlineData(new[] { 4, 3 }, new[] { 4 }, "SparseCategoricalAccuracy")]
    [InlineData(new[] { 4, 3 }, new[] { 4, 3 }, "CategoricalAccuracy")]
    [InlineData(new[] { 4, 1 }, new[] { 4, 1 }, "BinaryAccuracy")]
    public void Accuracy_is_resolved_by_shapes_as_in_Keras(int[] prediction, int[] target, string expected)
    {
        KerasObject metric = Read("""{"optimizer": "sgd", "loss": "mse", "metrics": ["accuracy"]}""", "out").Spec!.Metrics[0][0];
        KerasObject resolved = MetricTable.Resolve(metric, new Shape(prediction), new Shape(target));
        Assert.Equal(expected, resolved.ClassName);
        Assert.Equal("accuracy", resolved.String("name"));
    }

    [Fact]
    public void Logits_are_lost_when_a_class_is_ignored()
    {
        KerasObject plain = Read("""{"optimizer": "sgd", "loss": "sparse_categorical_crossentropy"}""", "out").Spec!.Losses[0]!;
        KerasObject ignoring = Read("""{"optimizer": "sgd", "loss": {"class_name": "SparseCategoricalCrossentropy", "config": {"ignore_class": 0}}}""", "out").Spec!.Losses[0]!;
        Assert.True(LossTable.Find(plain).UsesLogits(plain));
        Assert.False(LossTable.Find(ignoring).UsesLogits(ignoring));
    }

    private static CompileResult Read(string json, params string[] outputs) => CompileReader.Read(JsonNode.Parse(json)!.AsObject(), outputs);
}
