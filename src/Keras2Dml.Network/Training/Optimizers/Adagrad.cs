using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adagrad (Duchi et al., 2011). Keras: keras.optimizers.Adagrad; Caffe: AdaGrad.</summary>
internal static class Adagrad
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Adagrad", ["adagrad"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("initial_accumulator_value", 0.1, 0, double.PositiveInfinity),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
        ]),
        Slots = (o, _) => [[new OptimizerSlot("accumulator", o.Double("initial_accumulator_value"))]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
    };

    private static TrainingCall Update(KerasObject optimizer) =>
        new("optimizers/adagrad", OptimizerSettings.IsLegacyOptimizer(optimizer) ? "update_epsilon_outside" : "update",
            [TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(optimizer.Double("epsilon")), TrainingOperand.Slot("accumulator")],
            [TrainingOperand.Weight, TrainingOperand.Slot("accumulator")]);
}
