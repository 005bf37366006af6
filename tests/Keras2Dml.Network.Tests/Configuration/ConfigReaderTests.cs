using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Layers.Core;

namespace Keras2Dml.Network.Tests.Configuration;

public sealed class ConfigReaderTests
{
    [Fact]
    public void A_Keras_3_layer_is_read_with_its_objects()
    {
        Layer layer = Read("""
            {"module": "keras.layers", "class_name": "Dense", "registered_name": null, "config": {"name": "hidden", "trainable": false,
             "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "mixed_float16"}, "registered_name": null},
             "units": 4, "activation": "relu", "use_bias": true,
             "kernel_initializer": {"module": "keras.initializers", "class_name": "VarianceScaling", "config": {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform", "seed": 5}, "registered_name": null},
             "bias_regularizer": "l2", "kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 2, "axis": 0}}, "quantization_config": null}}
            """);
        Assert.IsType<Dense>(layer);
        Assert.Equal("hidden", layer.Name);
        Assert.False(layer.Trainable);
        Assert.Equal("mixed_float16", layer.Config.String("dtype"));
        Assert.Equal(4, layer.Config.Int("units"));
        Assert.Equal("relu", layer.Config.Object("activation")!.ClassName);
        Assert.Equal(2.0, layer.Config.Object("kernel_initializer")!.Double("scale"));
        Assert.Equal("Zeros", layer.Config.Object("bias_initializer")!.ClassName);
        Assert.Equal("L2", layer.Config.Object("bias_regularizer")!.ClassName);
        Assert.Equal(2.0, layer.Config.Object("kernel_constraint")!.Double("max_value"));
        Assert.Null(layer.Config.OptionalInt("lora_rank"));
    }

    [Fact]
    public void Arguments_that_are_not_declared_are_named_with_a_suggestion()
    {
        Problem problem = Assert.Single(Problems("""{"class_name": "LeakyReLU", "config": {"name": "leak", "negative_slop": 0.1}}"""));
        Assert.Equal(
            "K2D2003: layer 'leak' (LeakyReLU): LeakyReLU has no argument 'negative_slop' (received 0.1). Did you mean 'negative_slope'? Expected one of: name, trainable, dtype, autocast, "
            + "activity_regularizer, quantization_config, batch_input_shape, batch_shape, input_shape, input_dtype, negative_slope.",
            problem.ToString());
    }

    [Theory]
    [InlineData("\"units\": -5", "K2D2004: layer 'd' (Dense): Dense: argument 'units' expected a positive integer. Received: -5.")]
    [InlineData("\"units\": \"ten\"", "K2D2004: layer 'd' (Dense): Dense: argument 'units' expected a positive integer. Received: \"ten\".")]
    [InlineData("\"units\": 2.5", "K2D2004: layer 'd' (Dense): Dense: argument 'units' expected a positive integer. Received: 2.5.")]
    [InlineData("\"units\": 3, \"use_bias\": 1", "K2D2004: layer 'd' (Dense): Dense: argument 'use_bias' expected true or false. Received: 1.")]
    [InlineData("\"units\": 3, \"activation\": \"rellu\"", "K2D2002: layer 'd' (Dense), argument 'activation': 'rellu' is no known activation function. Did you mean 'relu'? Expected one of: ")]
    [InlineData("\"units\": 3, \"kernel_regularizer\": 0.01", "K2D2006: layer 'd' (Dense), argument 'kernel_regularizer': Expected a regularizer as {class_name, config} or by name. Received: 0.01.")]
    [InlineData("\"units\": 3, \"dtype\": \"int3\"", "K2D2004: layer 'd' (Dense): Dense: argument 'dtype' expected a data type or dtype policy, one of float32, ")]
    [InlineData("\"use_bias\": true", "K2D2005: layer 'd' (Dense): Dense: the argument 'units' is missing. Expected a positive integer.")]
    public void Wrong_values_are_named(string arguments, string message) =>
        Assert.StartsWith(message, Assert.Single(Problems($"{{\"class_name\": \"Dense\", \"config\": {{\"name\": \"d\", {arguments}}}}}")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void All_problems_of_a_layer_are_found_together()
    {
        IReadOnlyList<Problem> problems = Problems("""{"class_name": "Dense", "config": {"name": "d", "units": 0, "colour": "red", "activation": "wobble"}}""");
        Assert.Equal(["K2D2003", "K2D2004", "K2D2002"], problems.Select(p => p.Definition.Id));
    }

    [Fact]
    public void Unknown_layers_are_named()
    {
        var reader = new ConfigReader();
        Assert.Null(reader.ReadLayer(JsonNode.Parse("""{"module": "lab", "class_name": "Quantum", "registered_name": "lab>Quantum", "config": {"name": "q"}}""")));
        Assert.Null(reader.ReadLayer(JsonNode.Parse("""{"class_name": "Dens", "config": {"name": "d", "units": 2}}""")));
        Assert.Equal(
            ["K2D2001: layer 'q' (Quantum): The layer class 'Quantum' is not supported. Replace it by supported layers.",
             "K2D2001: layer 'd' (Dens): The layer class 'Dens' is not supported. Did you mean 'Dense'? Replace it by supported layers."],
            reader.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public void Classes_of_foreign_modules_are_not_taken_for_ours() =>
        Assert.Equal("K2D2001", Assert.Single(Problems("""{"module": "os", "class_name": "Dense", "config": {"name": "d", "units": 2}}""")).Definition.Id);

    [Fact]
    public void Serialized_code_is_refused_by_name() => Assert.Equal(
        "K2D2007: layer 'evil' (Lambda): 'evil' holds Python code (Lambda), which is never executed. Replace it by a layer or an activation function and save the model again.",
        Assert.Single(Problems("""{"module": "keras.layers", "class_name": "Lambda", "config": {"name": "evil", "function": {"class_name": "__lambda__", "config": {"code": "4wEAAA"}}}}""")).ToString());

    [Theory]
    [InlineData("null", null)]
    [InlineData("7", 7L)]
    [InlineData("""{"module": "keras.random", "class_name": "SeedGenerator", "config": {"seed": 12}, "registered_name": null}""", 12L)]
    public void Seeds_are_numbers_or_generators(string seed, long? value) =>
        Assert.Equal(value, Read($$"""{"class_name": "Dropout", "config": {"name": "d", "rate": 0.5, "seed": {{seed}} } }""").Config.Values["seed"]);

    [Theory]
    [InlineData("2", new[] { 2 })]
    [InlineData("[1, 2]", new[] { 1, 2 })]
    [InlineData("""{"class_name": "__tuple__", "items": [1, -1]}""", new[] { 1, -1 })]
    public void Axes_are_one_number_or_a_list(string axis, int[] value) =>
        Assert.Equal(value, Read($$"""{"class_name": "Softmax", "config": {"name": "s", "axis": {{axis}} } }""").Config.Ints("axis"));

    [Fact]
    public void Constants_of_an_operation_become_its_arguments()
    {
        JsonNode node = JsonNode.Parse("""{"module": "keras.src.ops.numpy", "class_name": "NotEqual", "config": {"name": "not_equal"}}""")!;
        Assert.True(ConfigReader.IsOperation(node));
        var reader = new ConfigReader();
        Layer? layer = reader.ReadLayer(node, new Dictionary<string, JsonNode?> { ["x2"] = JsonValue.Create(0.0) });
        reader.ThrowIfAny();
        Assert.Equal(0.0, layer!.Config.Values["x2"]);
    }

    [Fact]
    public void Functions_may_be_given_as_objects() => Assert.Equal(
        "gelu",
        Read("""{"class_name": "Activation", "config": {"name": "a", "activation": {"module": "builtins", "class_name": "function", "config": "gelu", "registered_name": "function"}}}""").Config.Object("activation")!.ClassName);

    private static Layer Read(string json)
    {
        var reader = new ConfigReader();
        Layer? layer = reader.ReadLayer(JsonNode.Parse(json));
        reader.ThrowIfAny();
        return layer!;
    }

    private static IReadOnlyList<Problem> Problems(string json)
    {
        var reader = new ConfigReader();
        Assert.Null(reader.ReadLayer(JsonNode.Parse(json)));
        return reader.Problems;
    }
}
