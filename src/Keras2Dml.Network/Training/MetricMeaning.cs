using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training;

/// <summary>What a metric computes over batches.</summary>
internal abstract record MetricMeaning
{
    /// <summary>How many numbers the metric has: more than one when it is not averaged over classes, or has several thresholds.</summary>
    public int Size { get; init; } = 1;
}

/// <summary>A mean of values: total = sum(values * weights) and count = sum(weights) are summed over batches, the result is total / count.</summary>
/// <param name="Values">The function; backward is not used.</param>
/// <param name="Result">What becomes of the sums.</param>
internal sealed record MeanMetric(ValueFunction Values, MeanResult Result = MeanResult.Mean) : MetricMeaning;

/// <summary>What becomes of the sums of a <see cref="MeanMetric"/>.</summary>
internal enum MeanResult { Mean, SquareRoot, Total }

/// <summary>
/// A metric that keeps a matrix over batches, which starts with zeros: <c>update(state, pred, y, weights, constants) return (matrix state)</c> takes a batch,
/// <c>result(state, constants) return (matrix values)</c> gives the numbers as a row.
/// </summary>
/// <remarks>pred and y: N x (their cells, in Keras's order of axes; see <see cref="PredictionAxis"/>); weights: N x <see cref="Positions"/>; values: 1 x Size.</remarks>
internal sealed record StateMetric : MetricMeaning
{
    /// <summary>File in the library without root and ending: <c>metrics/auc</c>.</summary>
    public required string File { get; init; }

    public string UpdateName { get; init; } = "update";

    public string ResultName { get; init; } = "result";

    /// <summary>Literals after pred, y and weights.</summary>
    public IReadOnlyList<Operand> UpdateConstants { get; init; } = [];

    /// <summary>Literals after the state.</summary>
    public IReadOnlyList<Operand> ResultConstants { get; init; } = [];

    public required int Rows { get; init; }

    public required int Columns { get; init; }

    /// <summary>Number of weights per row.</summary>
    public required int Positions { get; init; }

    /// <summary>When the axis that the function looks along is not the last of the prediction: it is brought to the end before the call.</summary>
    public AxisToLast? PredictionAxis { get; init; }

    /// <summary>As <see cref="PredictionAxis"/>, for the target.</summary>
    public AxisToLast? TargetAxis { get; init; }
}
