using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Graph;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Network.Tests.Training;

public sealed class OptimizerTests
{
    private static readonly OptimizedVariable[] Variables =
    [
        new("dense/kernel", [3, 2], MatrixStorage.Plain(2, 3, 2)),
        new("dense/bias", [2], MatrixStorage.Row(2)),
    ];

    [Theory]
    [InlineData("""{"class_name": "SGD", "config": {"momentum": 0.0, "nesterov": true}}""", "iteration learning_rate")]
    [InlineData("""{"class_name": "SGD", "config": {"momentum": 0.9}}""", "iteration learning_rate dense_kernel_momentum dense_bias_momentum")]
    [InlineData("""{"class_name": "Adam", "config": {"amsgrad": true}}""",
        "iteration learning_rate dense_kernel_momentum dense_kernel_velocity dense_bias_momentum dense_bias_velocity dense_kernel_velocity_hat dense_bias_velocity_hat")]
    [InlineData("""{"class_name": "RMSprop", "config": {"momentum": 0.1, "centered": true}}""",
        "iteration learning_rate dense_kernel_velocity dense_bias_velocity dense_kernel_momentum dense_bias_momentum dense_kernel_average_gradient dense_bias_average_gradient")]
    [InlineData("""{"class_name": "SGD", "config": {"use_ema": true, "gradient_accumulation_steps": 2}}""",
        "iteration learning_rate dense_kernel_average dense_bias_average dense_kernel_gradient_accumulator dense_bias_gradient_accumulator")]
    [InlineData("""{"class_name": "Nadam", "config": {}}""",
        "iteration learning_rate dense_kernel_momentum dense_kernel_velocity dense_bias_momentum dense_bias_velocity variable")]
    [InlineData("""{"class_name": "SGD", "config": {"learning_rate": {"class_name": "ExponentialDecay", "config": {"initial_learning_rate": 0.1, "decay_steps": 5, "decay_rate": 0.5}}}}""",
        "iteration")]
    [InlineData("""{"class_name": "Adafactor", "config": {}}""", "iteration learning_rate kernel kernel dense_kernel_velocity bias bias dense_bias_velocity")]
    [InlineData("""{"class_name": "Muon", "config": {}}""", "iteration learning_rate dense_kernel_momentum dense_bias_momentum dense_bias_velocity")]
    [InlineData("""{"class_name": "LossScaleOptimizer", "config": {"inner_optimizer": {"class_name": "SGD", "config": {"momentum": 0.5}}}}""",
        "iteration learning_rate step_counter dynamic_scale iteration learning_rate dense_kernel_momentum dense_bias_momentum")]
    public void Variables_are_named_and_ordered_as_in_Keras_files(string config, string expected) =>
        Assert.Equal(expected.Split(' '), new OptimizerSettings(Read(config)).Variables(Variables).Select(v => v.Name));

    [Fact]
    public void A_plain_learning_rate_is_a_float32_value() =>
        Assert.Equal(0.10000000149011612, new OptimizerSettings(Read("""{"class_name": "SGD", "config": {"learning_rate": 0.1}}""")).LearningRate);

    [Fact]
    public void Old_files_give_the_learning_rate_as_lr_and_a_decay()
    {
        var settings = new OptimizerSettings(Read("""{"class_name": "SGD", "config": {"lr": 0.25, "decay": 0.5, "momentum": 0.9, "nesterov": false}}"""));
        Assert.True(settings.IsLegacy);
        Assert.Equal(0.25, settings.LearningRate);
        Assert.Equal(0.5, settings.Decay);
    }

    [Fact]
    public void The_decay_of_an_old_Nadam_is_that_of_its_momentum() =>
        Assert.Equal(0, new OptimizerSettings(Read("""{"class_name": "Nadam", "config": {"learning_rate": 0.02, "decay": 0.004}}""")).Decay);

    [Fact]
    public void Patterns_exclude_variables_from_weight_decay()
    {
        var settings = new OptimizerSettings(Read("""{"class_name": "AdamW", "config": {"exclude_from_weight_decay": ["bias"]}}"""));
        Assert.Equal(0.004, settings.WeightDecayOf(Variables[0]));
        Assert.Null(settings.WeightDecayOf(Variables[1]));
    }

    [Fact]
    public void Every_optimizer_has_an_update_for_its_defaults()
    {
        foreach (OptimizerDefinition definition in OptimizerTable.All.Where(d => d.Inner is null))
        {
            KerasObject optimizer = Read($$$"""{"class_name": "{{{definition.Class.Name}}}", "config": {}}""");
            foreach (OptimizedVariable variable in Variables)
            {
                TrainingCall update = definition.Update(optimizer, variable);
                Assert.StartsWith("optimizers/", update.File, StringComparison.Ordinal);
                IEnumerable<string> slots = definition.Slots(optimizer, variable).SelectMany(g => g).Where(s => s.Shape != SlotShape.Unused).Select(s => s.Name);
                Assert.Equal(slots, update.Results.OfType<SlotOperand>().Select(s => s.Name));
            }
        }
    }

    [Fact]
    public void The_axes_of_a_convolution_kernel_are_found_in_its_matrix()
    {
        // (height, width, channels, filters) as filters x (channels * height * width)
        var kernel = new OptimizedVariable("conv/kernel", [3, 5, 2, 4], new MatrixStorage([3, 2, 0, 1], 4, 30));
        Assert.Equal(new AxisToLast(1, 4, 30), kernel.Axis(-1));
        Assert.Equal(new AxisToLast(4, 2, 15), kernel.Axis(-2));
        Assert.Equal(new AxisToLast(1, 2, 15), kernel.AxisWithout(-2, -1));
        (IReadOnlyList<int> shape, MatrixStorage storage) = kernel.Without(-2);
        Assert.Equal([3, 5, 4], shape);
        Assert.Equal([2, 0, 1], storage.Permutation);
    }

    private static KerasObject Read(string json)
    {
        var reader = new ConfigReader();
        KerasObject? optimizer = reader.Read(ObjectKind.Optimizer, JsonNode.Parse(json), null);
        reader.ThrowIfAny();
        return optimizer!;
    }
}
