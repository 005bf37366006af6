using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Layers.Recurrent;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997), gates in the order i, f, c, o. Keras: keras.layers.LSTM; Caffe: LSTM.</summary>
internal sealed class Lstm(KerasObject config) : RecurrentLayer(config)
{
    /// <summary>Declaration and constructor.</summary>
    public static LayerRegistration Registration { get; } = new(
        new KerasClass(ObjectKind.Layer, "LSTM", [],
            [.. Arguments, Argument.Activation("recurrent_activation", "sigmoid"), Argument.Bool("unit_forget_bias", true)]),
        config => new Lstm(config));

    /// <inheritdoc/>
    protected override string File => "layers/lstm";

    /// <inheritdoc/>
    protected override string CellName => "lstm_cell";

    /// <inheritdoc/>
    protected override int Gates => 4;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> StateNames { get; } = ["hidden", "carry"];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> CellActivations => [ActivationName("activation"), ActivationName("recurrent_activation")];

    /// <summary>Keras gives each gate masks of its own in implementation 1, which recurrent dropout chooses (keras/src/layers/rnn/lstm.py).</summary>
    protected override int DropoutMasks => Config.Double("recurrent_dropout") != 0 || Config.Int("implementation") == 1 ? 4 : 1;
}
