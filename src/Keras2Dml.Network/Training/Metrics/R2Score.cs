using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Coefficient of determination. Keras: keras.metrics.R2Score.</summary>
internal static class R2Score
{
    /// <summary>Declaration and meaning.</summary>
    public static MetricDefinition Definition { get; } = new(
        MetricArguments.Class("R2Score", ["r2_score"],
            Argument.Text("class_aggregation", "uniform_average", "uniform_average", "variance_weighted_average"),
            Argument.Int("num_regressors", 0, 0)),
        Meaning) { Direction = MetricDirection.Up };

    private static StateMetric Meaning(ValueContext context)
    {
        MetricArguments.RequireOneAxis(context);
        int k = context.Prediction.Elements;
        string? aggregation = context.Config.OptionalString("class_aggregation");
        return new StateMetric
        {
            File = "metrics/r2",
            ResultName = aggregation ?? "each",
            ResultConstants = [Operand.Int(context.Config.Int("num_regressors"))],
            Rows = 5,
            Columns = k,
            Positions = 1,
            Size = aggregation is null ? k : 1,
        };
    }
}
