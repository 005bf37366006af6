using System.Text.Json.Nodes;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Execution;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;
using Keras2Dml.Verification.Training;

namespace Keras2Dml.Tests;

/// <summary>The gradient of every loss is the slope of its value: along a random direction, for shapes, axes, reductions, weights and masks.</summary>
public sealed class LossGradientTests
{
    private const int Rows = 4;
    private const double Step = 1e-5;

    private static readonly string[] Reductions = ["sum_over_batch_size", "sum", "mean_with_sample_weight", "none"];

    public static TheoryData<string, string, string> Losses
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (LossDefinition loss in LossTable.All)
            {
                foreach ((string arguments, string shape) in Variants(loss.Class.Name))
                {
                    data.Add(loss.Class.Name, arguments, shape);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_gradient_is_the_slope_of_the_value(string name, string arguments, string shape)
    {
        int[] sizes = [.. shape.Split('x').Select(int.Parse)];
        Check(name, arguments, sizes, "sum_over_batch_size", weighted: false, masked: false);
        Check(name, arguments, sizes, "sum_over_batch_size", weighted: false, masked: true);
        foreach (string reduction in Reductions)
        {
            Check(name, arguments, sizes, reduction, weighted: true, masked: reduction == "sum");
        }
    }

    private static IEnumerable<(string Arguments, string Shape)> Variants(string name) => name switch
    {
        "CategoricalFocalCrossentropy" => [("{}", "3"), ("""{"alpha": [0.2, 0.5, 0.9]}""", "2x3"), ("""{"from_logits": true, "gamma": 1.5}""", "3"), ("""{"axis": 1}""", "3x2")],
        "CategoricalCrossentropy" =>
            [("{}", "3"), ("{}", "2x3"), ("""{"from_logits": true}""", "3"), ("""{"label_smoothing": 0.2}""", "2x3"), ("""{"axis": 1}""", "3x2")],
        "BinaryCrossentropy" or "BinaryFocalCrossentropy" =>
            [("{}", "1"), ("{}", "2x3"), ("""{"from_logits": true}""", "3"), ("""{"label_smoothing": 0.2}""", "3"), ("""{"axis": 1}""", "3x2"), ("""{"axis": 2}""", "2x3x2")],
        "SparseCategoricalCrossentropy" => [("{}", "3"), ("{}", "2x3"), ("""{"from_logits": true}""", "3"), ("""{"ignore_class": 1}""", "2x3"), ("""{"ignore_class": -1}""", "3")],
        "CategoricalGeneralizedCrossEntropy" => [("{}", "3"), ("""{"q": 0.3}""", "2x3")],
        "Dice" or "Tversky" => [("{}", "2x3"), ("""{"axis": [1, 2]}""", "2x3x2"), ("""{"axis": -1}""", "2x3"), ("""{"axis": [1, 2, 3]}""", "2x3x2"), ("""{"axis": [0, 1]}""", "2x1")],
        "CosineSimilarity" => [("{}", "3"), ("""{"axis": 1}""", "3x2"), ("""{"axis": [1, 2]}""", "2x3x2")],
        "Circle" => [("""{"gamma": 4.0}""", "3"), ("""{"gamma": 4.0, "remove_diagonal": false, "margin": 0.2}""", "3")],
        "CTC" => [("{}", "6x4")],
        "Huber" => [("{}", "3"), ("""{"delta": 0.2}""", "2x3")],
        _ => [("{}", "1"), ("{}", "3"), ("{}", "2x3")],
    };

    private static void Check(string name, string arguments, int[] sizes, string reduction, bool weighted, bool masked)
    {
        var config = (JsonObject)JsonNode.Parse(arguments)!;
        config["reduction"] = reduction;
        KerasObject loss = CaseProgram.Read(ObjectKind.Loss, name, config);
        LossDefinition definition = LossTable.Find(loss);
        var random = new System.Random(7);
        var shape = new Shape(sizes);
        int cells = shape.Elements;
        double[] pred = Predictions(name, random, Rows * cells, sizes);
        double[] direction = [.. Enumerable.Range(0, pred.Length).Select(_ => random.NextDouble() - 0.5)];
        (Shape targetShape, double[] y) = Targets(name, definition, sizes, random, config["axis"] is JsonValue axis ? (int)axis : -1);
        ValueFunction function = definition.Values(new ValueContext(loss, shape, targetShape));
        if (function.IsPerBatch && function.Positions > 1 && (weighted || masked))
        {
            return;
        }

        var program = new CaseProgram();
        var statements = new ValueStatements(program.Sources, program.Names);
        string target = program.Read("y", Matrix(y));
        ValueWeights? weights = weighted ? new ValueWeights(program.Read("w", Matrix([0.5, 1, 2, 0.25])), 1) : null;
        ValueWeights? mask = masked ? new ValueWeights(program.Read("m", Matrix([1, 0, 1, 1])), 1) : null;
        (string value, string factor) = statements.Loss(program.Body, "loss", loss, function, program.Read("pred", Matrix(pred)), target, weights, mask);
        statements.Backward(program.Body, "dpred", function, factor, factor);
        program.Write("dpred", "gradient");
        foreach (int sign in new[] { 1, -1 })
        {
            string moved = program.Read("moved", Matrix([.. pred.Select((p, i) => p + (sign * Step * direction[i]))]));
            (string other, string otherFactor) = statements.Loss(program.Body, $"loss_{sign + 1}", loss, function, moved, target, weights, mask);
            program.Write($"as.matrix({other} * {(reduction == "none" ? $"{Count(function, otherFactor, weighted || masked)}" : "1")})", $"value{sign}");
        }

        program.Write($"as.matrix({value})", "value");
        IReadOnlyDictionary<string, Tensor> results = program.Run(new ComputeOptions { Precision = Precision.Double });
        double slope = (results["value1"].GetDouble(0) - results["value-1"].GetDouble(0)) / (2 * Step);
        double along = Enumerable.Range(0, pred.Length).Sum(i => results["gradient"].GetDouble(i) * direction[i]);
        Assert.True(double.IsFinite(along) && Math.Abs(slope - along) <= 1e-5 * Math.Max(1, Math.Abs(slope)), $"{name} {arguments} {reduction} weighted {weighted} masked {masked}: slope {slope}, gradient {along}");
    }

    // Without a reduction the number shown is the mean of the values, and training is on their sum.
    private static string Count(ValueFunction function, string factor, bool weighed) => function.IsPerBatch && weighed ? $"{Rows}" : $"length({factor})";

    private static Tensor Matrix(double[] values) => Tensor.From(values, Rows, values.Length / Rows);

    private static double[] Predictions(string name, System.Random random, int count, int[] sizes)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(_ => 0.1 + (0.8 * random.NextDouble()))];
        if (name == "Circle")
        {
            // Rows of length 1.
            int k = sizes[^1];
            double[] lengths = [.. Enumerable.Range(0, count / k).Select(r => Math.Sqrt(Enumerable.Range(0, k).Sum(j => values[(r * k) + j] * values[(r * k) + j])))];
            return [.. values.Select((v, i) => v / lengths[i / k])];
        }

        return values;
    }

    private static (Shape Shape, double[] Values) Targets(string name, LossDefinition definition, int[] sizes, System.Random random, int axis)
    {
        if (name == "CTC")
        {
            return (new Shape(3), [1, 2, 2, 3, 0, 0, 2, 1, 0, 0, 0, 0]);
        }

        if (name == "Circle")
        {
            return (new Shape(), [0, 1, 0, 1]);
        }

        int cells = sizes.Aggregate(1, (a, b) => a * b), k = sizes[axis < 0 ? axis + sizes.Length : axis - 1];
        if (definition.SparseTarget)
        {
            return (new Shape(sizes[..^1]), [.. Enumerable.Range(0, Rows * cells / k).Select(i => (double)(i % k))]);
        }

        bool oneHot = name.StartsWith("Categorical", StringComparison.Ordinal);
        int inner = sizes[(axis < 0 ? axis + sizes.Length : axis - 1)..].Skip(1).Aggregate(1, (a, b) => a * b);
        return (new Shape(sizes), [.. Enumerable.Range(0, Rows * cells).Select(i => oneHot ? (i / inner % k == i / inner / k % k ? 1.0 : 0) : random.NextDouble())]);
    }
}
