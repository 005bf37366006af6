using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adadelta (Zeiler, 2012). Keras: keras.optimizers.Adadelta.</summary>
internal static class Adadelta
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Adadelta", ["adadelta"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("rho", 0.95, 0, 1),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("accumulated_grad", 0, "accum_grad"), new OptimizerSlot("accumulated_delta_var", 0, "accum_var")]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
        LegacyRows = _ => [],
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/adadelta", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "rho")), TrainingOperand.Double(optimizer.Double("epsilon")),
            TrainingOperand.Slot("accumulated_grad"), TrainingOperand.Slot("accumulated_delta_var"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("accumulated_grad"), TrainingOperand.Slot("accumulated_delta_var")]);
}
