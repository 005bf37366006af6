using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training.Metrics;

/// <summary>Losses as metrics: the mean of a loss's values. Keras: keras.metrics.MeanSquaredError and so on.</summary>
internal static class LossMetrics
{
    public static MetricDefinition MeanSquaredError { get; } = Mean("MeanSquaredError", ["mean_squared_error", "mse", "MSE"], "losses/mean_squared_error");

    public static MetricDefinition RootMeanSquaredError { get; } = Mean("RootMeanSquaredError", ["root_mean_squared_error"], "losses/mean_squared_error", MeanResult.SquareRoot);

    public static MetricDefinition MeanAbsoluteError { get; } = Mean("MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"], "losses/mean_absolute_error");

    public static MetricDefinition BinaryCrossentropy { get; } = new(
        Class("BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"], Argument.Bool("from_logits", false), Argument.Double("label_smoothing", 0, 0, 1)),
        c => new MeanMetric(Losses.BinaryCrossentropy.Values(c)), TakesLogits: true);

    public static MetricDefinition CategoricalCrossentropy { get; } = new(
        Class("CategoricalCrossentropy", ["categorical_crossentropy"], Argument.Bool("from_logits", false), Argument.Double("label_smoothing", 0, 0, 1), Argument.Int("axis", -1)),
        c => new MeanMetric(Losses.CategoricalCrossentropy.Values(c)), TakesLogits: true);

    public static MetricDefinition SparseCategoricalCrossentropy { get; } = new(
        Class("SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"], Argument.Bool("from_logits", false), Argument.OptionalInt("ignore_class"), Argument.Int("axis", -1)),
        c => new MeanMetric(Losses.SparseCategoricalCrossentropy.Values(c)), TakesLogits: true);

    public static MetricDefinition MeanAbsolutePercentageError { get; } = Mean("MeanAbsolutePercentageError", ["mean_absolute_percentage_error", "mape", "MAPE"], "losses/mean_absolute_percentage_error");

    public static MetricDefinition MeanSquaredLogarithmicError { get; } = Mean("MeanSquaredLogarithmicError", ["mean_squared_logarithmic_error", "msle", "MSLE"], "losses/mean_squared_logarithmic_error");

    public static MetricDefinition LogCoshError { get; } = Mean("LogCoshError", ["log_cosh_error", "logcosh"], "losses/log_cosh");

    public static MetricDefinition Hinge { get; } = Mean("Hinge", ["hinge"], "losses/hinge");

    public static MetricDefinition SquaredHinge { get; } = Mean("SquaredHinge", ["squared_hinge"], "losses/squared_hinge");

    public static MetricDefinition CategoricalHinge { get; } = Mean("CategoricalHinge", ["categorical_hinge"], "losses/categorical_hinge");

    public static MetricDefinition KLDivergence { get; } = Mean("KLDivergence", ["kl_divergence", "kld", "KLD"], "losses/kl_divergence");

    public static MetricDefinition Poisson { get; } = Mean("Poisson", ["poisson"], "losses/poisson");

    /// <summary>The cosine, not its negative.</summary>
    public static MetricDefinition CosineSimilarity { get; } = new(
        Class("CosineSimilarity", ["cosine_similarity"], Argument.Ints("axis", -1)),
        c => new MeanMetric(LastAxis.Over("losses/cosine_similarity", c, c.Config.Ints("axis")) with { ForwardName = "similarity" })) { Direction = MetricDirection.Up };

    private static MetricDefinition Mean(string name, IReadOnlyList<string> aliases, string file, MeanResult result = MeanResult.Mean) =>
        new(Class(name, aliases), c => new MeanMetric(LastAxis.Mean(file, c), result));

    private static KerasClass Class(string name, IReadOnlyList<string> aliases, params IReadOnlyList<Argument> arguments) => MetricArguments.Class(name, aliases, arguments);
}
