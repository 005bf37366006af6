using System.Text.Json.Nodes;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Network.Tests.Training;

public sealed class OptimizerTests
{
    private static readonly string[] Variables = ["dense/kernel", "dense/bias"];

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
        Assert.True(settings.DecaysWeight("dense/kernel"));
        Assert.False(settings.DecaysWeight("dense/bias"));
    }

    [Fact]
    public void Every_optimizer_has_an_update_for_its_defaults()
    {
        foreach (OptimizerDefinition definition in OptimizerTable.All)
        {
            KerasObject optimizer = Read($$$"""{"class_name": "{{{definition.Class.Name}}}", "config": {}}""");
            TrainingCall update = definition.Update(optimizer);
            Assert.StartsWith("optimizers/", update.File, StringComparison.Ordinal);
            IEnumerable<string> slots = definition.Slots(optimizer).SelectMany(g => g).Select(s => s.Name);
            Assert.Equal(slots, update.Results.OfType<SlotOperand>().Select(s => s.Name));
        }
    }

    private static KerasObject Read(string json)
    {
        var reader = new ConfigReader();
        KerasObject? optimizer = reader.Read(ObjectKind.Optimizer, JsonNode.Parse(json), null);
        reader.ThrowIfAny();
        return optimizer!;
    }
}
