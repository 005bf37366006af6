using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Training;

/// <summary>
/// A function of predictions and targets that gives one value per position: a loss before its reduction, or a metric before its mean.
/// <c>forward(pred, y, constants) return (matrix values)</c>; losses also have <c>backward(pred, y, factor, constants) return (matrix dpred)</c>,
/// the gradient of sum(factor * values).
/// </summary>
/// <remarks>
/// pred and y: N x (product of their axes, in Keras's order; see <see cref="Axis"/>); values and factor: N x <see cref="Positions"/>.
/// Reductions, sample weights, class weights, masks and loss weights all end up in factor: one place for all losses.
/// </remarks>
internal sealed record ValueFunction
{
    /// <summary>File in the library without root and ending: <c>losses/mean_squared_error</c>.</summary>
    public required string File { get; init; }

    public string ForwardName { get; init; } = "forward";

    public string BackwardName { get; init; } = "backward";

    /// <summary>Literals after pred and y (and factor).</summary>
    public IReadOnlyList<Operand> Constants { get; init; } = [];

    /// <summary>Number of values per row: product of the prediction's axes that the function keeps.</summary>
    public required int Positions { get; init; }

    /// <summary>When the reduced axis is not the last: predictions and targets are brought into that order before the calls, the gradient back after.</summary>
    public AxisToLast? Axis { get; init; }

    /// <summary>False when targets are one class number per position, so that they have no axis to bring to the end.</summary>
    public bool TargetHasAxis { get; init; } = true;

    /// <summary>True when the batch axis is reduced too: values is one row for the whole batch, 1 x <see cref="Positions"/>.</summary>
    public bool IsPerBatch { get; init; }

    /// <summary>True when values has a column for each row of the batch, N x N.</summary>
    public bool IsPairwise { get; init; }

    /// <summary>True when values of 0 do not count: the mean is over the others.</summary>
    public bool SkipsZeros { get; init; }

    /// <summary>Positions whose target equals this label have value 0 and do not count (ignore_class); null for none.</summary>
    public double? IgnoredLabel { get; init; }
}

/// <summary>A row of outer x size x inner cells, to be brought into the order outer x inner x size.</summary>
internal sealed record AxisToLast(int Outer, int Size, int Inner);

/// <summary>What a loss or metric must know of its place.</summary>
/// <param name="Config">The loss or metric as configured.</param>
/// <param name="Prediction">Shape of the prediction without the batch axis.</param>
/// <param name="Target">Shape of the target without the batch axis.</param>
/// <param name="HasLogits">
/// True when pred is the input of the softmax or sigmoid that made the prediction: Keras on TensorFlow takes these logits whenever they are there
/// (see <see cref="LossDefinition.TakesLogits"/>).
/// </param>
internal sealed record ValueContext(KerasObject Config, Shape Prediction, Shape Target, bool HasLogits = false);
