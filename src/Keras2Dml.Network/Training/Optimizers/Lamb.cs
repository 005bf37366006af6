using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adam with a rate for each variable by its norm (You et al., 2019). Keras: keras.optimizers.Lamb.</summary>
internal static class Lamb
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Lamb", ["lamb"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("beta_1", 0.9, 0, 1),
            Argument.Double("beta_2", 0.999, 0, 1),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("momentum"), new OptimizerSlot("velocity")]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/lamb", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_1")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
            TrainingOperand.Step, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity")]);
}
