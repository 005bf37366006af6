using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Tests.Layers;

/// <summary>What every layer checks of its inputs before its own rules.</summary>
public sealed class LayerInputTests
{
    [Theory]
    [InlineData("Flatten", "{}", 2, "K2D2010: layer 'x' (Flatten): Flatten expected 1 input(s). Received: 2.")]
    [InlineData("Subtract", "{}", 3, "K2D2010: layer 'x' (Subtract): Subtract expected 2 input(s). Received: 3.")]
    [InlineData("Add", "{}", 1, "K2D2010: layer 'x' (Add): Add expected at least 2 input(s). Received: 1.")]
    public void The_number_of_inputs_is_told(string @class, string config, int inputs, string message) =>
        Assert.Equal(message, Assert.Throws<Keras2DmlException>(() => Read(@class, config).Outputs([.. Enumerable.Repeat(Spec(4), inputs)])).Message);

    [Fact]
    public void Outputs_and_variables_that_no_matrix_can_hold_are_refused()
    {
        Layer dense = Read("Dense", """{"units": 2000000000}""");
        Assert.Equal(
            "K2D2014: layer 'x' (Dense): Dense expected tensors of at most 2147483647 cells. Its own would be larger. Received shape: (None, 2, 3).",
            Assert.Throws<Keras2DmlException>(() => dense.Outputs([Spec(2, 3)])).Message);
        Assert.Throws<Keras2DmlException>(() => dense.Parameters([Spec(2)]));
        Assert.Throws<Keras2DmlException>(() => Read("Conv2D", """{"filters": 1, "kernel_size": [2147483647, 1], "dilation_rate": 9}""").Outputs([Spec(8, 8, 1)]));
    }

    [Fact]
    public void Integers_beyond_32_bits_are_refused()
    {
        var reader = new ConfigReader();
        Assert.Null(reader.ReadLayer(JsonNode.Parse("""{"class_name": "Dense", "config": {"name": "d", "units": 123456789012}}""")));
        Assert.Equal(
            "K2D2004: layer 'd' (Dense): Dense: argument 'units' expected integers between -2147483648 and 2147483647. Received: 123456789012.", Assert.Single(reader.Problems).ToString());
    }

    [Fact]
    public void Initial_states_must_be_those_of_the_layer()
    {
        Layer lstm = Read("LSTM", """{"units": 3}""");
        lstm.CheckInitialStates([Spec(3), Spec(3)]);
        Assert.Equal(
            "K2D2013: layer 'x' (LSTM): LSTM expected as initial_state (None, 3), (None, 3). Received shapes: (None, 3).",
            Assert.Throws<Keras2DmlException>(() => lstm.CheckInitialStates([Spec(3)])).Message);
        Assert.Throws<Keras2DmlException>(() => lstm.CheckInitialStates([Spec(3), Spec(4)]));
        Assert.Equal(
            "K2D2013: layer 'x' (Flatten): Flatten expected no initial_state. Received shapes: (None, 3).",
            Assert.Throws<Keras2DmlException>(() => Read("Flatten", "{}").CheckInitialStates([Spec(3)])).Message);
    }

    [Fact]
    public void Inputs_need_positive_sizes() =>
        Assert.Equal(
            "K2D2004: layer 'x' (InputLayer): InputLayer: argument 'batch_shape' expected a list of positive sizes with null for unknown ones. Received: [null, -3].",
            Assert.Throws<Keras2DmlException>(() => Read("InputLayer", """{"batch_shape": [null, -3]}""").Outputs([])).Message);

    private static TensorSpec Spec(params int[] sizes) => new(ElementType.Float32, new Shape(sizes));

    private static Layer Read(string @class, string config)
    {
        JsonNode arguments = JsonNode.Parse(config)!;
        arguments["name"] = "x";
        var reader = new ConfigReader();
        Layer? layer = reader.ReadLayer(new JsonObject { ["class_name"] = @class, ["config"] = arguments });
        reader.ThrowIfAny();
        return layer!;
    }
}
