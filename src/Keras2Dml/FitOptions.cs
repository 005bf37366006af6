using Keras2Dml.Callbacks;

namespace Keras2Dml;

/// <summary>How batches are worked through in training or prediction; the words of the original Keras2DML.</summary>
public enum TrainAlgorithm
{
    /// <summary>One update per batch of <see cref="FitOptions.BatchSize"/> rows. DML value: <c>minibatch</c>.</summary>
    Minibatch,

    /// <summary>One update per epoch on all rows. DML value: <c>batch</c>.</summary>
    Batch,
}

/// <summary>Learning-rate policies of Caffe and Keras2DML. <c>iter</c> counts updates from 0.</summary>
public enum LearningRatePolicy
{
    /// <summary><c>base_lr * gamma ^ floor(iter / step)</c>.</summary>
    Step,

    /// <summary>Always <c>base_lr</c>.</summary>
    Fixed,

    /// <summary><c>base_lr * gamma ^ iter</c>.</summary>
    Exp,

    /// <summary><c>base_lr * (1 + gamma * iter) ^ (-power)</c>.</summary>
    Inv,

    /// <summary><c>base_lr * (1 - iter / max_iter) ^ power</c>.</summary>
    Poly,

    /// <summary><c>base_lr / (1 + exp(-gamma * (iter - stepsize)))</c>.</summary>
    Sigmoid,
}

/// <summary>Precision of a computation.</summary>
public enum Precision
{
    /// <summary>32-bit floating point, as Keras computes; sums of losses and metrics accumulate in double.</summary>
    Single,

    /// <summary>64-bit floating point, as SystemDS computes.</summary>
    Double,
}

/// <summary>Arguments of <see cref="KerasModel.Fit(Tensor, Tensor, FitOptions?)"/>, named as Keras names those of <c>model.fit</c>.</summary>
public sealed record FitOptions
{
    /// <summary>Rows per update. Keras: <c>batch_size</c>.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Index of the last epoch plus one. Keras: <c>epochs</c>.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Epoch at which to start. Keras: <c>initial_epoch</c>.</summary>
    public int InitialEpoch { get; init; }

    /// <summary>Batches per epoch; null for all rows. Keras: <c>steps_per_epoch</c>.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Fraction of the last rows that is held back for validation. Keras: <c>validation_split</c>.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Inputs and targets for validation; overrides <see cref="ValidationSplit"/>. Keras: <c>validation_data</c>.</summary>
    public ValidationData? ValidationData { get; init; }

    /// <summary>Rows per validation batch; null for <see cref="BatchSize"/>. Keras: <c>validation_batch_size</c>.</summary>
    public int? ValidationBatchSize { get; init; }

    /// <summary>Validate every so many epochs. Keras: <c>validation_freq</c>.</summary>
    public int ValidationFrequency { get; init; } = 1;

    /// <summary>Rows in a random order. Keras: <c>shuffle</c>.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Seed of the row order and of random layers without a seed of their own; with one, the order is TensorFlow's after <c>keras.utils.set_random_seed</c> and a run can be repeated bit for bit. Null for a fresh one every call.</summary>
    public int? Seed { get; init; }

    /// <summary>Weight of each class in the loss, by class index. Keras: <c>class_weight</c>.</summary>
    public IReadOnlyDictionary<int, double>? ClassWeight { get; init; }

    /// <summary>Weight of each row in the loss, shape (N). Keras: <c>sample_weight</c>.</summary>
    public Tensor? SampleWeight { get; init; }

    /// <summary>Loop shape of training. Keras2DML: <c>train_algo</c>.</summary>
    public TrainAlgorithm TrainAlgo { get; init; } = TrainAlgorithm.Minibatch;

    /// <summary>Learning-rate policy; null for the optimizer's own schedule. Keras2DML: <c>lr_policy</c>.</summary>
    public LearningRatePolicy? LearningRatePolicy { get; init; }

    /// <summary>Global regularization, <c>L1</c> or <c>L2</c>, used with <see cref="WeightDecay"/>. Keras2DML: <c>regularization_type</c>.</summary>
    public string RegularizationType { get; init; } = "L2";

    /// <summary>Factor of the global regularization; 0 for none. Keras2DML: <c>weight_decay</c>.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Called during training, in order. Keras: <c>callbacks</c>.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>Receives one log line per epoch (Keras's <c>verbose</c> 2); null for silence (<c>verbose</c> 0).</summary>
    public TextWriter? Log { get; init; }

    /// <summary>Receives warnings, for example of NaN in the data with row and column; null to drop them.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Worker threads; 0 for all cores. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Precision of the computation.</summary>
    public Precision Precision { get; init; } = Precision.Single;

    /// <summary>Collect time and calls per operator for <see cref="KerasModel.LastStatistics"/>.</summary>
    public bool CollectStatistics { get; init; }

    /// <summary>Most bytes of matrix memory; null for no limit. Exceeding it is an error, never a crash.</summary>
    public long? MemoryBudget { get; init; }
}

/// <summary>Data on which the loss and the metrics are evaluated after an epoch.</summary>
/// <param name="Inputs">One tensor per input, first axis the rows.</param>
/// <param name="Targets">One tensor per output.</param>
/// <param name="SampleWeight">Weight of each row, or null.</param>
public sealed record ValidationData(IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Targets, Tensor? SampleWeight = null)
{
    /// <summary>Validation data of a model with one input and one output.</summary>
    /// <param name="x">Input, shape (N, ...).</param>
    /// <param name="y">Target, shape (N, ...).</param>
    public ValidationData(Tensor x, Tensor y)
        : this([x], [y])
    {
    }
}
