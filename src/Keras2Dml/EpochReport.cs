using Keras2Dml.Callbacks;

namespace Keras2Dml;

/// <summary>State after an epoch, for <see cref="KerasModel.FitAsync"/>.</summary>
/// <param name="Epoch">The epoch, from 0.</param>
/// <param name="Epochs">Number of epochs asked for.</param>
/// <param name="Metrics">Names and values in Keras's order.</param>
public sealed record EpochReport(int Epoch, int Epochs, IReadOnlyList<KeyValuePair<string, double>> Metrics);

/// <summary>Hands each epoch to an <see cref="IProgress{T}"/>.</summary>
internal sealed class ProgressCallback(IProgress<EpochReport> progress) : Callback
{
    /// <inheritdoc/>
    public override void OnEpochEnd(TrainingContext context) => progress.Report(new EpochReport(context.Epoch, context.Epochs, context.Metrics));
}
