using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Follow the regularized leader (McMahan et al., 2013). Keras: keras.optimizers.Ftrl.</summary>
internal static class Ftrl
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Ftrl", ["ftrl"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("learning_rate_power", -0.5),
            Argument.Double("initial_accumulator_value", 0.1, 0, double.PositiveInfinity),
            Argument.Double("l1_regularization_strength", 0),
            Argument.Double("l2_regularization_strength", 0),
            Argument.Double("l2_shrinkage_regularization_strength", 0),
            Argument.Double("beta", 0),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("accumulator", o.Double("initial_accumulator_value")), new OptimizerSlot("linear")]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
        LegacyRows = _ => [],
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/ftrl", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "learning_rate_power")),
            TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "l1_regularization_strength")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "l2_regularization_strength")),
            TrainingOperand.Double(optimizer.Double("l2_shrinkage_regularization_strength")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta")),
            TrainingOperand.Slot("accumulator"), TrainingOperand.Slot("linear"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("accumulator"), TrainingOperand.Slot("linear")]);
}
