using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Execution;
using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Initialization;
using Keras2Dml.Network.Training;
using Keras2Dml.Verification;

namespace Keras2Dml.Tests;

/// <summary>Fit against a plain loop: a linear model with squared errors, in double.</summary>
public sealed class FitFormulaTests
{
    private const int Rows = 10, Features = 2;
    private const double Rate = 0.125;

    private static readonly double[] X = [.. Enumerable.Range(0, Rows * Features).Select(i => Math.Sin(i + 1))];
    private static readonly double[] Y = [.. Enumerable.Range(0, Rows).Select(i => Math.Cos(3 * i))];

    [Theory]
    [InlineData(2, 4, "0 1|2|0 1|2")]
    [InlineData(3, 2, "0 1 2|0 1 2")]
    [InlineData(5, 2, "0 1 2|0 1 2")]
    [InlineData(1, 4, "0|1|2|0")]
    public void Steps_of_an_epoch_end_where_the_data_end(int steps, int epochs, string batches) =>
        Check(new FitSettings { BatchSize = 4, Epochs = epochs, StepsPerEpoch = steps, Shuffle = false }, batches, null, "{}");

    [Fact]
    public void Epochs_that_are_done_are_left_out() =>
        Check(new FitSettings { BatchSize = 4, Epochs = 3, InitialEpoch = 1, Shuffle = false }, "0 1 2|0 1 2", null, "{}");

    [Fact]
    public void One_update_an_epoch_takes_all_rows() =>
        Check(new FitSettings { Algorithm = Codegen.Training.TrainAlgorithm.Batch, Epochs = 2, Shuffle = false }, "0|0", null, "{}", batchSize: Rows);

    [Fact]
    public void Sample_weights_weigh_squared_errors() =>
        Check(new FitSettings { BatchSize = 4, Epochs = 2, Shuffle = false }, "0 1 2|0 1 2", [.. Enumerable.Range(0, Rows).Select(i => 0.25 * (i % 4))], "{}");

    [Theory]
    [InlineData("""{"loss_scale_factor": 1024.0}""")]
    [InlineData("""{"clipnorm": 1000.0}""")]
    [InlineData("""{"gradient_accumulation_steps": 1}""")]
    public void Options_that_change_nothing_change_nothing(string options) =>
        Check(new FitSettings { BatchSize = 4, Epochs = 2, Shuffle = false }, "0 1 2|0 1 2", null, options);

    // Rows 0 and 1 of a table occur in one batch each: only the optimizers of Keras 3 go on with the momentum of a row that does not occur.
    [Theory]
    [InlineData("""{"momentum": 0.5}""", 0.375)]
    [InlineData("""{"momentum": 0.5, "decay": 0.0}""", 0.25)]
    public void Rows_of_a_table_that_do_not_occur_rest_in_Keras_2(string options, double first)
    {
        NetworkModel model = Load("""
            {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 1], "dtype": "float32", "name": "x"}},
            {"module": "keras.layers", "class_name": "Embedding", "config": {"name": "table", "input_dim": 3, "output_dim": 1}},
            {"module": "keras.layers", "class_name": "Flatten", "config": {"name": "out"}}
            """);
        ModelParameter table = model.Parameters.First(p => p.Path == "table/embeddings");
        table.Value = Tensor.Zeros(ElementType.Float64, 3, 1);
        var optimizer = (JsonObject)JsonNode.Parse(options)!;
        optimizer["learning_rate"] = Rate;
        TrainingSpec training = CompileReader.Read(new JsonObject { ["optimizer"] = new JsonObject { ["class_name"] = "SGD", ["config"] = optimizer }, ["loss"] = "mse" }, ["out"]).Spec!;
        var data = new TrainingData([Tensor.From([0.0, 1.0], 2, 1)], [Tensor.From([1.0, 1.0], 2, 1)]);
        _ = new TrainingRun(model, training, data, null, new FitSettings { BatchSize = 1, Shuffle = false }, new ComputeOptions { Precision = Precision.Double });
        Assert.Equal([first, 0.25, 0], Enumerable.Range(0, 3).Select(table.Value.GetDouble));
    }

    private static void Check(FitSettings settings, string batches, double[]? weights, string options, int batchSize = 4)
    {
        NetworkModel model = Model();
        ModelParameter kernel = model.Parameters.First(p => p.Path == "out/kernel"), bias = model.Parameters.First(p => p.Path == "out/bias");
        kernel.Value = Tensor.From([0.5, -0.25], Features, 1);
        bias.Value = Tensor.From([0.125], 1);
        var optimizer = (JsonObject)JsonNode.Parse(options)!;
        optimizer["learning_rate"] = Rate;
        TrainingSpec training = CompileReader.Read(new JsonObject { ["optimizer"] = new JsonObject { ["class_name"] = "SGD", ["config"] = optimizer }, ["loss"] = "mse" }, ["out"]).Spec!;
        var data = new TrainingData([Tensor.From(X, Rows, Features)], [Tensor.From(Y, Rows, 1)], weights is null ? null : [Tensor.From(weights, Rows)]);
        var run = new TrainingRun(model, training, data, null, settings, new ComputeOptions { Precision = Precision.Double });

        (double[] expected, double[] losses) = Loop(batches, weights ?? [.. Enumerable.Repeat(1.0, Rows)], batchSize);
        double[] actual = [kernel.Value.GetDouble(0), kernel.Value.GetDouble(1), bias.Value.GetDouble(0)];
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.Equal(losses.Length, run.History["loss"].Count);
        Assert.All(losses.Zip(run.History["loss"]), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    // Weights and bias after the batches of each epoch, and the mean loss of each epoch, weighted by rows.
    private static (double[] Values, double[] Losses) Loop(string batches, double[] weights, int batchSize)
    {
        double[] w = [0.5, -0.25, 0.125];
        var losses = new List<double>();
        foreach (string epoch in batches.Split('|'))
        {
            double total = 0;
            int rows = 0;
            foreach (int batch in epoch.Split(' ').Select(int.Parse))
            {
                int from = batch * batchSize, n = Math.Min(Rows, from + batchSize) - from;
                double[] gradient = [0, 0, 0];
                double loss = 0;
                for (int i = from; i < from + n; i++)
                {
                    double error = (w[0] * X[2 * i]) + (w[1] * X[(2 * i) + 1]) + w[2] - Y[i], factor = 2 * weights[i] * error / n;
                    loss += weights[i] * error * error / n;
                    gradient[0] += factor * X[2 * i];
                    gradient[1] += factor * X[(2 * i) + 1];
                    gradient[2] += factor;
                }

                w = [.. w.Select((v, k) => v - (Rate * gradient[k]))];
                total += loss * n;
                rows += n;
            }

            losses.Add(total / rows);
        }

        return (w, [.. losses]);
    }

    private static NetworkModel Model() => Load("""
        {"module": "keras.layers", "class_name": "InputLayer", "config": {"batch_shape": [null, 2], "dtype": "float32", "name": "x"}},
        {"module": "keras.layers", "class_name": "Dense", "config": {"name": "out", "units": 1}}
        """);

    private static NetworkModel Load(string layers)
    {
        string path = Path.Combine(Path.GetTempPath(), $"small-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(path, $$$"""{"module": "keras", "class_name": "Sequential", "config": {"name": "small", "layers": [{{{layers}}}]}}""");
            NetworkModel model = KerasDocument.Load(path).Model;
            ModelInitializer.Initialize(model, 1);
            return model;
        }
        finally
        {
            File.Delete(path);
        }
    }
}
