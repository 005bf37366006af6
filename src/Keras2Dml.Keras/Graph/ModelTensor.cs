namespace Keras2Dml.Keras.Graph;

/// <summary>A tensor inside a model's configuration.</summary>
/// <param name="Layer">Name of the layer that makes it.</param>
/// <param name="Call">Index of the layer's call.</param>
/// <param name="Output">Index of the call's output.</param>
/// <param name="Key">Key in a dictionary of inputs or outputs, otherwise null.</param>
internal sealed record ModelTensor(string Layer, int Call, int Output, string? Key = null)
{
    /// <summary>The index of the call as the file has it, which may be one more for nested models (<see cref="NestedCalls"/>).</summary>
    public int ShownCall { get; init; } = Call;
}
