using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Recurrent;

/// <summary>Fully connected recurrence: <c>h = activation(x W + b + h U)</c>. Keras: keras.layers.SimpleRNN; Caffe: RNN.</summary>
internal sealed class SimpleRnn(KerasObject config) : RecurrentLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(new KerasClass(ObjectKind.Layer, "SimpleRNN", [], Arguments), config => new SimpleRnn(config));

    /// <inheritdoc/>
    protected override string File => "layers/simple_rnn";

    /// <inheritdoc/>
    protected override string CellName => "simple_rnn_cell";

    /// <inheritdoc/>
    protected override int Gates => 1;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["hidden"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> CellActivations => [ActivationName("activation")];
}
