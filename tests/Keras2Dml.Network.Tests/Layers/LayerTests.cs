using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Layers;

namespace Keras2Dml.Network.Tests.Layers;

public sealed class LayerTests
{
    public static TheoryData<string, string, int[], int[]> SingleInput { get; } = new()
    {
        { "Dense", "\"units\": 3", [5], [3] },
        { "Dense", "\"units\": 3, \"use_bias\": false", [4, 5], [4, 3] },
        { "Dense", "\"units\": 3, \"lora_rank\": 2", [4, 5], [4, 3] },
        { "Activation", "\"activation\": \"glu\"", [3, 4], [3, 2] },
        { "Embedding", "\"input_dim\": 7, \"output_dim\": 3", [5], [5, 3] },
        { "Embedding", "\"input_dim\": 7, \"output_dim\": 3, \"mask_zero\": true, \"lora_rank\": 2", [5], [5, 3] },
        { "Masking", "", [5, 2], [5, 2] },
        { "Identity", "", [2], [2] },
        { "ReLU", "", [2, 3], [2, 3] },
        { "ReLU", "\"max_value\": 6, \"negative_slope\": 0.1", [2, 3], [2, 3] },
        { "ReLU", "\"max_value\": 2, \"threshold\": 0.5", [2, 3], [2, 3] },
        { "ReLU", "\"threshold\": 0.5, \"negative_slope\": 0.1", [2, 3], [2, 3] },
        { "LeakyReLU", "", [2, 3], [2, 3] },
        { "ELU", "", [2, 3], [2, 3] },
        { "PReLU", "\"shared_axes\": [1, 2]", [3, 4, 2], [3, 4, 2] },
        { "Softmax", "\"axis\": 1", [3, 4], [3, 4] },
        { "Softmax", "\"axis\": [1, 2]", [3, 4], [3, 4] },
        { "Softmax", "\"axis\": 0", [3], [3] },
        { "Dropout", "\"rate\": 0.5", [3, 4], [3, 4] },
        { "Dropout", "\"rate\": 0.5, \"noise_shape\": [null, 1, 4]", [3, 4], [3, 4] },
        { "Dropout", "\"rate\": 0.0", [3, 4], [3, 4] },
        { "ActivityRegularization", "\"l1\": 0.1", [3], [3] },
        { "BatchNormalization", "", [4], [4] },
        { "BatchNormalization", "\"axis\": 1", [4, 3], [4, 3] },
        { "BatchNormalization", "\"center\": false", [4, 3, 2], [4, 3, 2] },
        { "BatchNormalization", "\"scale\": false, \"trainable\": false", [4, 3, 2, 5], [4, 3, 2, 5] },
        { "BatchNormalization", "\"renorm\": true, \"renorm_clipping\": {\"rmax\": 2}", [4], [4] },
        { "Rescaling", "\"scale\": 0.5", [4], [4] },
        { "Rescaling", "\"scale\": 2, \"offset\": [0.5, 1]", [4, 2], [4, 2] },
        { "Flatten", "", [4, 2], [8] },
        { "Flatten", "\"data_format\": \"channels_first\"", [4, 2, 3], [24] },
        { "Flatten", "", [], [1] },
        { "Reshape", "\"target_shape\": [-1, 2]", [4, 3], [6, 2] },
        { "Permute", "\"dims\": [3, 1, 2]", [4, 3, 2], [2, 4, 3] },
        { "Permute", "\"dims\": [1, 2]", [4, 3], [4, 3] },
        { "RepeatVector", "\"n\": 3", [4], [3, 4] },
    };

    public static TheoryData<string> Activations { get; } = [.. ActivationTable.All.Select(a => a.Class.Name)];

    [Theory]
    [MemberData(nameof(SingleInput))]
    public void Layers_keep_their_contract(string className, string arguments, int[] input, int[] output) =>
        Assert.Equal(new Shape(output), LayerContract.Check(className, arguments, new Shape(input)));

    [Theory]
    [InlineData("Add")]
    [InlineData("Multiply")]
    [InlineData("Average")]
    [InlineData("Maximum")]
    [InlineData("Minimum")]
    public void Merging_layers_broadcast(string className)
    {
        Assert.Equal(new Shape(3, 4), LayerContract.Check(className, "", new Shape(3, 4), new Shape(3, 4)));
        Assert.Equal(new Shape(3, 4), LayerContract.Check(className, "", new Shape(3, 1), new Shape(4)));
        Assert.Equal(new Shape(2, 3, 4), LayerContract.Check(className, "", new Shape(4), new Shape(3, 1), new Shape(2, 1, 1)));
    }

    [Fact]
    public void Concatenate_joins_along_any_axis()
    {
        Assert.Equal(new Shape(3, 6), LayerContract.Check("Concatenate", "", new Shape(3, 4), new Shape(3, 2)));
        Assert.Equal(new Shape(3, 4, 7), LayerContract.Check("Concatenate", "\"axis\": 3", new Shape(3, 4, 1), new Shape(3, 4, 2), new Shape(3, 4, 4)));
        Assert.Equal(new Shape(5, 4), LayerContract.Check("Concatenate", "\"axis\": 1", new Shape(3, 4), new Shape(2, 4)));
        Assert.Equal(new Shape(4), LayerContract.Check("Concatenate", "\"axis\": 0", new Shape(4), new Shape(4)));
    }

    [Theory]
    [MemberData(nameof(Activations))]
    public void Every_activation_keeps_its_contract_on_any_axis(string name)
    {
        string arguments = name == "threshold" ? "{\"class_name\": \"threshold\", \"config\": {\"threshold\": 0.5, \"default_value\": 1}}" : $"\"{name}\"";
        LayerContract.Check("Activation", $"\"activation\": {arguments}", new Shape(3, 4));
        KerasClass @class = KerasClasses.Find(ObjectKind.Activation, name)!;
        if (@class.Find("axis") is not null)
        {
            Assert.Equal(
                name == "glu" ? new Shape(1, 4) : new Shape(2, 4),
                LayerContract.Check("Activation", $"\"activation\": {{\"class_name\": \"{name}\", \"config\": {{\"axis\": 1}}}}", new Shape(2, 4)));
        }
    }

    [Fact]
    public void A_layer_may_be_the_activation_of_another()
    {
        Layer layer = LayerContract.Create("Dense", "\"units\": 2, \"activation\": {\"module\": \"keras.layers\", \"class_name\": \"LeakyReLU\", \"config\": {\"name\": \"leak\", \"negative_slope\": 0.1}}");
        Assert.Equal(0.1, layer.OutputActivation!.Double("negative_slope"));
        Assert.NotNull(ActivationTable.Meaning(layer.OutputActivation, new TensorSpec(ElementType.Float32, new Shape(2))));
    }

    [Fact]
    public void Masks_reach_the_layers_that_use_them()
    {
        LayerContract.Check(LayerContract.Create("BatchNormalization", ""), true, new Shape(5, 2));
        LayerContract.Check(LayerContract.Create("Softmax", ""), true, new Shape(5));
        LayerContract.Check(LayerContract.Create("Softmax", "\"axis\": 1"), true, new Shape(5, 2));
        foreach (string merging in new[] { "Add", "Multiply", "Maximum", "Minimum", "Average" })
        {
            LayerContract.Check(LayerContract.Create(merging, ""), true, new Shape(5, 2), new Shape(5, 2), new Shape(1, 2));
        }

        Assert.Equal(MaskRule.Make, LayerContract.Create("Embedding", "\"input_dim\": 3, \"output_dim\": 2, \"mask_zero\": true").Mask);
        Assert.Equal(MaskRule.Drop, LayerContract.Create("Flatten", "").Mask);
        Assert.Equal(0, LayerContract.Create("Concatenate", "\"axis\": 1").MaskAxis(new Shape(3, 4)));
        Assert.Null(LayerContract.Create("Concatenate", "").MaskAxis(new Shape(3, 4)));
    }

    [Theory]
    [InlineData("Dense", "\"units\": 3", new int[0], "K2D2011: layer 'layer' (Dense): Dense expected an input of at least 2 axes (with the batch). Received shape: (None,).")]
    [InlineData("Dense", "\"units\": 3", new[] { -1 }, "K2D2012: layer 'layer' (Dense): Dense expected a known size of the last axis. Received shape: (None, None).")]
    [InlineData("Reshape", "\"target_shape\": [5]", new[] { 4 }, "K2D2012: layer 'layer' (Reshape): Reshape expected as many cells as target_shape (5) holds. Received shape: (None, 4).")]
    [InlineData("Permute", "\"dims\": [1, 3]", new[] { 4, 2 }, "K2D2004: layer 'layer' (Permute): Permute: argument 'dims' expected every axis from 1 on once. Received: [1, 3].")]
    [InlineData("BatchNormalization", "\"axis\": 3", new[] { 4, 2 }, "K2D2012: layer 'layer' (BatchNormalization): BatchNormalization expected a known size of axis 3. Received shape: (None, 4, 2).")]
    [InlineData("Activation", "\"activation\": \"glu\"", new[] { 5 }, "K2D2012: glu expected an even size along axis -1. Received shape: (None, 5).")]
    public void Inputs_that_do_not_fit_are_refused_with_both_shapes(string className, string arguments, int[] input, string message) =>
        Assert.Equal(message, Assert.Throws<Keras2DmlException>(() => LayerContract.Check(className, arguments, new Shape(input))).Message);

    [Fact]
    public void Shapes_that_do_not_go_together_are_refused() => Assert.Equal(
        "K2D2013: layer 'layer' (Add): Add expected shapes that are equal or 1 in every axis. Received shapes: (None, 3), (None, 4).",
        Assert.Throws<Keras2DmlException>(() => LayerContract.Check("Add", "", new Shape(3), new Shape(4))).Message);
}
