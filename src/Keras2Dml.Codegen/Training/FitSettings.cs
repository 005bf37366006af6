using Keras2Dml.Codegen.Training.Callbacks;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Codegen.Training;

/// <summary>How a training program goes over the data: Keras's arguments of <c>fit</c>. Numbers are the defaults of the script's <c>$</c> arguments.</summary>
internal sealed record FitSettings
{
    public int Epochs { get; init; } = 1;

    /// <summary>Epochs already done.</summary>
    public int InitialEpoch { get; init; }

    public int BatchSize { get; init; } = 32;

    /// <summary>Loop shape.</summary>
    public TrainAlgorithm Algorithm { get; init; } = TrainAlgorithm.Minibatch;

    /// <summary>Batches of an epoch; null for all. Later epochs go on where the former stopped.</summary>
    public int? StepsPerEpoch { get; init; }

    /// <summary>Share of the last rows kept for validation; 0 for none.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>True when validation data are given (<c>$X_val</c>, <c>$y_val</c>); the split does not count then.</summary>
    public bool HasValidationData { get; init; }

    public int? ValidationSteps { get; init; }

    /// <summary>Null for the batch size of training.</summary>
    public int? ValidationBatchSize { get; init; }

    /// <summary>Every how many epochs to validate.</summary>
    public int ValidationFrequency { get; init; } = 1;

    /// <summary>Epochs (from 1) after which to validate; replaces <see cref="ValidationFrequency"/>.</summary>
    public IReadOnlyList<int>? ValidationEpochs { get; init; }

    public bool Shuffle { get; init; } = true;

    /// <summary>Seed of the row order, as given to Keras's set_random_seed; null for an order that nobody can repeat.</summary>
    public long? Seed { get; init; }

    /// <summary>For each output: columns of its sample weights (1, or one for each position), 0 for none. Null for none at all.</summary>
    public IReadOnlyList<int>? SampleWeightColumns { get; init; }

    /// <summary>As <see cref="SampleWeightColumns"/>, for the validation data.</summary>
    public IReadOnlyList<int>? ValidationSampleWeightColumns { get; init; }

    /// <summary>Weight of each class; other classes count 1.</summary>
    public IReadOnlyDictionary<int, double>? ClassWeights { get; init; }

    /// <summary>Shapes of the targets without the batch axis, as the data have them; null for what the losses expect.</summary>
    public IReadOnlyList<Shape>? TargetShapes { get; init; }

    /// <summary>Shapes of inputs that the model leaves open, by name.</summary>
    public IReadOnlyDictionary<string, Shape> InputShapes { get; init; } = new Dictionary<string, Shape>();

    /// <summary>Keras2DML's <c>lr_policy</c>; null for the optimizer's own schedule.</summary>
    public LearningRatePolicy? LearningRatePolicy { get; init; }

    /// <summary>Keras2DML's global regularizer; null for none.</summary>
    public GlobalRegularization? Regularization { get; init; }

    /// <summary>Callbacks that the script carries out, in order.</summary>
    public IReadOnlyList<ScriptCallback> Callbacks { get; init; } = [];

    /// <summary>True to hand the variables to the host function after each epoch and to take them back.</summary>
    public bool HostWeights { get; init; }

    /// <summary>True to call the host function <c>batch_end</c> after each batch, which may stop the training.</summary>
    public bool HostBatches { get; init; }
}

/// <summary>Loop shape of training.</summary>
internal enum TrainAlgorithm
{
    /// <summary>One update for each batch.</summary>
    Minibatch,

    /// <summary>One update for each epoch, on all rows.</summary>
    Batch,
}

/// <summary>Keras2DML's global regularizer: adds its gradient to that of every weight but biases.</summary>
/// <param name="IsL1">True for L1, false for L2.</param>
/// <param name="WeightDecay">Factor.</param>
internal sealed record GlobalRegularization(bool IsL1, double WeightDecay);

/// <summary>Learning rate by Caffe's formulas (Keras2DML guide, "What is the learning rate schedule used").</summary>
/// <param name="Kind">Formula.</param>
/// <param name="Gamma">Null for Keras's decay, or 0.95 without one.</param>
/// <param name="Step">Step of <c>step</c> and <c>sigmoid</c>.</param>
/// <param name="Power">Power of <c>inv</c> and <c>poly</c>.</param>
internal sealed record LearningRatePolicy(LearningRatePolicyKind Kind, double? Gamma = null, double Step = 100000, double Power = 0.75);

/// <summary>Formula of a learning rate policy.</summary>
internal enum LearningRatePolicyKind { Fixed, Step, Exp, Inv, Poly, Sigmoid }
