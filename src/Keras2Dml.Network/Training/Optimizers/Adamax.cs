using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adam with the infinity norm (Kingma and Ba, 2014). Keras: keras.optimizers.Adamax.</summary>
internal static class Adamax
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Adamax", ["adamax"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("beta_1", 0.9, 0, 1),
            Argument.Double("beta_2", 0.999, 0, 1),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("momentum", 0, "m"), new OptimizerSlot("norm", 0, "v")]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(TrainingOperand.GradientSize),
        TakesRowSizes = true,
        LegacyRows = _ => [TrainingOperand.Slot("momentum")],
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/adamax", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_1")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
            TrainingOperand.Step, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("norm"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("norm")]);
}
