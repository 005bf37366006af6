using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Execution;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;
using Keras2Dml.Verification.Training;

namespace Keras2Dml.Tests;

/// <summary>Metrics on numbers that one can check by hand, where the recordings have no case.</summary>
public sealed class MetricFormulaTests
{
    [Fact]
    public void Sorted_class_numbers_count_when_the_target_is_among_the_first() =>
        Assert.Equal([0.5], Result("SparseTopKCategoricalAccuracy", """{"k": 2, "from_sorted_ids": true}""", new Shape(3), [2, 0, 1, 1, 2, 0], new Shape(), [0, 0]));

    [Fact]
    public void Ignored_labels_have_no_weight() =>
        Assert.Equal([-Math.Log(0.8)], Result("SparseCategoricalCrossentropy", """{"ignore_class": 0}""", new Shape(2), [0.5, 0.5, 0.2, 0.8], new Shape(), [0, 1], [1, 3]), new Near());

    [Fact]
    public void A_class_that_never_occurs_does_not_count_in_the_mean_intersection() =>
        Assert.Equal([((2.0 / 3) + 0.5) / 2], Result("MeanIoU", """{"num_classes": 3}""", new Shape(4), [0, 0, 1, 1], new Shape(4), [0, 0, 1, 0]), new Near());

    [Fact]
    public void The_largest_of_equal_predictions_is_the_first() =>
        Assert.Equal([1.0], Result("Precision", """{"top_k": 1}""", new Shape(3), [0.5, 0.5, 0.1], new Shape(3), [1, 0, 0]));

    [Fact]
    public void Scores_of_classes_come_one_by_one() =>
        Assert.Equal([1, 0], Result("F1Score", """{"threshold": 0.5}""", new Shape(2), [0.9, 0.1, 0.2, 0.3], new Shape(2), [1, 0, 0, 1]), new Near());

    [Fact]
    public void Logits_become_probabilities_for_the_curve() =>
        Assert.Equal(
            Result("AUC", """{"num_thresholds": 11}""", new Shape(1), [0.1, 0.5, 0.3, 0.9], new Shape(1), [0, 0, 1, 1]),
            Result("AUC", """{"num_thresholds": 11, "from_logits": true}""", new Shape(1), [.. new[] { 0.1, 0.5, 0.3, 0.9 }.Select(p => Math.Log(p / (1 - p)) + 1e-9)], new Shape(1), [0, 0, 1, 1]));

    [Theory]
    [InlineData("AUC", """{"label_weights": [1.0, 2.0]}""")]
    [InlineData("IoU", """{"num_classes": 2, "target_class_ids": [2]}""")]
    [InlineData("F1Score", "{}")]
    public void What_does_not_fit_is_refused(string name, string config) =>
        Assert.Throws<Keras2DmlException>(() => Result(name, config, new Shape(2, 3), new double[12], new Shape(2, 3), new double[12]));

    private static double[] Result(string name, string config, Shape shape, double[] pred, Shape targetShape, double[] y, double[]? weights = null)
    {
        KerasObject metric = CaseProgram.Read(ObjectKind.Metric, name, JsonNode.Parse(config));
        MetricMeaning meaning = MetricTable.Find(metric).Meaning(new ValueContext(metric, shape, targetShape));
        int rows = pred.Length / shape.Elements;
        var program = new CaseProgram();
        var statements = new ValueStatements(program.Sources, program.Names);
        string p = program.Read("pred", Tensor.From(pred, rows, shape.Elements)), t = program.Read("y", Tensor.From(y, rows, targetShape.Elements));
        ValueWeights? w = weights is null ? null : new ValueWeights(program.Read("w", Tensor.From(weights, rows, 1)), 1);
        if (meaning is StateMetric state)
        {
            program.Body.Line($"state = matrix(0, rows={state.Rows}, cols={state.Columns})");
            statements.Metric(program.Body, state, p, t, w, "state");
            program.Write(statements.Result(state, "state"), "result");
        }
        else
        {
            var mean = (MeanMetric)meaning;
            program.Body.Lines("total = 0.0", "count = 0.0");
            statements.Metric(program.Body, "metric", mean.Values, p, t, w, null, "total", "count");
            program.Write($"as.matrix({ValueStatements.Result(mean, "total", "count")})", "result");
        }

        Tensor result = program.Run(new ComputeOptions { Precision = Precision.Double })["result"];
        return [.. Enumerable.Range(0, result.Length).Select(result.GetDouble)];
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 1e-6;

        public int GetHashCode(double value) => 0;
    }
}
