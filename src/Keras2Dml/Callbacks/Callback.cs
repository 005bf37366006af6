namespace Keras2Dml.Callbacks;

/// <summary>Code of the user that is called during training. Keras: <c>keras.callbacks.Callback</c>.</summary>
/// <remarks>Only these calls leave the script; Keras's own callbacks are part of it, so that they work on SystemDS as well.</remarks>
public abstract class Callback
{
    /// <summary>Called once before the first epoch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainBegin(TrainingContext context)
    {
    }

    /// <summary>Called after each epoch.</summary>
    /// <param name="context">The run, with the epoch's metrics; may change the learning rate or stop.</param>
    public virtual void OnEpochEnd(TrainingContext context)
    {
    }

    /// <summary>True makes the script call <see cref="OnBatchEnd"/> after each batch.</summary>
    public virtual bool WantsBatches => false;

    /// <summary>Called after each batch when <see cref="WantsBatches"/>.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnBatchEnd(TrainingContext context)
    {
    }

    /// <summary>Called once after the last epoch.</summary>
    /// <param name="context">The run.</param>
    public virtual void OnTrainEnd(TrainingContext context)
    {
    }
}

/// <summary>State of a training run as a callback sees it.</summary>
public sealed class TrainingContext
{
    internal TrainingContext(int epochs)
    {
        Epochs = epochs;
    }

    /// <summary>The epoch that just ended, from 0.</summary>
    public int Epoch { get; internal set; }

    /// <summary>Number of epochs asked for.</summary>
    public int Epochs { get; }

    /// <summary>Batch that just ended, from 0 within the epoch.</summary>
    public int Batch { get; internal set; }

    /// <summary>Batches per epoch.</summary>
    public int Batches { get; internal set; }

    /// <summary>Metrics of the epoch in Keras's order. Keras: <c>logs</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Metrics { get; internal set; } = [];

    /// <summary>The learning rate; setting it takes effect from the next epoch.</summary>
    public double LearningRate { get; set; }

    /// <summary>Set to true to end training after this epoch (or batch).</summary>
    public bool StopTraining { get; set; }
}
