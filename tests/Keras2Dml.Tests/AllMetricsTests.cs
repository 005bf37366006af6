using Keras2Dml.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Tests;

/// <summary>Every metric in one compiled model, in a fit with validation.</summary>
public sealed class AllMetricsTests
{
    private const int Classes = 10, Rows = 90;

    // Metrics of other targets than one-hot rows.
    private static readonly string[] Others = ["Mean", "Sum", "accuracy", "crossentropy", "Accuracy", "SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "SparseCategoricalCrossentropy", "IoU", "MeanIoU"];

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Values_after_the_last_epoch_are_those_of_evaluate(Precision precision)
    {
        KerasModel model = KerasModel.Load(Checkout.PathOf("samples/digits/digits_cnn.keras"));
        LoadedData data = DataArguments.Load([Checkout.PathOf("samples/digits/digits.csv")], ["digit"], model, needTargets: true);
        Tensor x = Head(data.Inputs[0]), y = OneHot(data.Targets![0]);
        Metric[] metrics = [.. MetricTable.All.Where(d => !Others.Contains(d.Class.Name)).Select(d => Metric.Named(d.Class.Name, Arguments(d.Class)))];
        model.Compile(new Adam(), Loss.Named("categorical_crossentropy"), metrics);
        History history = model.Fit([x], [y], new FitOptions { Epochs = 1, BatchSize = 32, ValidationData = new ValidationData(x, y), Shuffle = false, Precision = precision });
        IReadOnlyList<KeyValuePair<string, double>> values = model.Evaluate(x, y, new EvaluateOptions { BatchSize = 32, Precision = precision });
        Assert.True(values.Count > metrics.Length);
        Assert.All(values, v => Assert.Equal(v.Value, history["val_" + v.Key][0], 1e-6 * Math.Max(1, Math.Abs(v.Value))));
        Assert.All(values.Where(v => !v.Key.StartsWith("r2_score", StringComparison.Ordinal)), v => Assert.True(double.IsFinite(v.Value), v.Key));
    }

    private static (string, object?)[] Arguments(KerasClass metric) =>
    [
        .. metric.Arguments.Where(a => a.Required).Select(a => (a.Name, a.Name switch
        {
            "num_classes" => Classes,
            "target_class_ids" => (object?)new[] { 1, 2 },
            _ => 0.5,
        })),
    ];

    private static Tensor Head(Tensor tensor)
    {
        int width = tensor.Length / tensor.Shape[0];
        return Tensor.From([.. Enumerable.Range(0, Rows * width).Select(i => (float)tensor.GetDouble(i))], [Rows, .. tensor.Shape.Skip(1)]);
    }

    private static Tensor OneHot(Tensor labels)
    {
        var values = new float[Rows * Classes];
        for (int i = 0; i < Rows; i++)
        {
            values[(i * Classes) + (int)labels.GetDouble(i)] = 1;
        }

        return Tensor.From(values, Rows, Classes);
    }
}
