using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Weighted harmonic mean of precision and recall. Keras: keras.metrics.FBetaScore, keras.metrics.F1Score.</summary>
internal static class FScores
{
    public static MetricDefinition FBetaScore { get; } = new(
        MetricArguments.Class("FBetaScore", ["f_beta_score"], [.. OwnArguments, Argument.Double("beta", 1, v => v is > 0.0 ? null : "a number above 0")]),
        c => Meaning(c, c.Config.Double("beta"))) { Direction = MetricDirection.Up };

    public static MetricDefinition F1Score { get; } = new(MetricArguments.Class("F1Score", ["f1_score"], OwnArguments), c => Meaning(c, 1)) { Direction = MetricDirection.Up };

    private static IReadOnlyList<Argument> OwnArguments =>
    [
        Argument.Text("average", null, "micro", "macro", "weighted"),
        Argument.OptionalDouble("threshold", v => v is null or > 0.0 and <= 1.0 ? null : "a number above 0 and at most 1, or None"),
    ];

    private static StateMetric Meaning(ValueContext context, double beta)
    {
        MetricArguments.RequireOneAxis(context);
        int k = context.Prediction.Elements;
        string? average = context.Config.OptionalString("average");
        double? threshold = context.Config.OptionalDouble("threshold");
        return new StateMetric
        {
            File = "metrics/f_beta",
            UpdateName = threshold is null ? "update_largest" : "update_above",
            UpdateConstants = threshold is { } t ? [Operand.Double(t)] : [],
            ResultName = average ?? "each",
            ResultConstants = [Operand.Double(beta)],
            Rows = 4,
            Columns = k,
            Positions = 1,
            Size = average is null ? k : 1,
        };
    }
}
