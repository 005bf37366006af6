using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training;

/// <summary>How a model is trained: as Keras compiled it, or as given in C#.</summary>
internal sealed record TrainingSpec
{
    public required KerasObject Optimizer { get; init; }

    /// <summary>One entry per model output, in the order of outputs; null for an output without loss.</summary>
    public required IReadOnlyList<KerasObject?> Losses { get; init; }

    /// <summary>Factor of each output's loss, in the order of outputs; null for 1 everywhere.</summary>
    public IReadOnlyList<double>? LossWeights { get; init; }

    /// <summary>Metrics per output, in the order of outputs.</summary>
    public IReadOnlyList<IReadOnlyList<KerasObject>> Metrics { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<KerasObject>> WeightedMetrics { get; init; } = [];

    /// <summary>Values of the optimizer's variables by Keras's slot name (<c>iteration</c>, <c>learning_rate</c>, <c>dense_kernel_momentum</c>), in order; empty for a fresh one.</summary>
    public IReadOnlyList<OptimizerVariable> OptimizerVariables { get; init; } = [];
}

/// <summary>A variable of an optimizer.</summary>
internal sealed record OptimizerVariable(string Name, Tensor Value);
