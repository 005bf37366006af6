namespace Keras2Dml;

/// <summary>Arguments of <see cref="KerasModel.Evaluate(Tensor, Tensor, EvaluateOptions?)"/>. Keras: those of <c>model.evaluate</c>.</summary>
public sealed record EvaluateOptions
{
    /// <summary>Rows per batch. Keras: <c>batch_size</c>.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Weight of each row, shape (N). Keras: <c>sample_weight</c>.</summary>
    public Tensor? SampleWeight { get; init; }

    /// <summary>Worker threads; 0 for all cores. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Precision of the computation.</summary>
    public Precision Precision { get; init; } = Precision.Single;
}

/// <summary>Arguments of <see cref="KerasModel.Predict(Tensor, PredictOptions?)"/>. Keras: those of <c>model.predict</c>.</summary>
public sealed record PredictOptions
{
    /// <summary>Rows per batch. Keras: <c>batch_size</c>.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Worker threads; 0 for all cores. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Precision of the computation.</summary>
    public Precision Precision { get; init; } = Precision.Single;
}
