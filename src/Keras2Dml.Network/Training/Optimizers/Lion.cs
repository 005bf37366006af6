using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Sign of an interpolated momentum (Chen et al., 2023). Keras: keras.optimizers.Lion.</summary>
internal static class Lion
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Lion", ["lion"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("beta_1", 0.9, 0, 1),
            Argument.Double("beta_2", 0.99, 0, 1),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("momentum")]],
        Update = (o, _) => Update(o),
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/lion", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_1")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_2")), TrainingOperand.Slot("momentum"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("momentum")]);
}
