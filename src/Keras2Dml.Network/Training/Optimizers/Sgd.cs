using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Gradient descent, with momentum or Nesterov momentum. Keras: keras.optimizers.SGD; Caffe: SGD, Nesterov.</summary>
internal static class Sgd
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "SGD", ["sgd"],
        [
            .. OptimizerDefinition.CommonArguments(0.01),
            Argument.Double("momentum", 0, 0, 1),
            Argument.Bool("nesterov", false),
        ]),
        Slots = (o, _) => o.Double("momentum") != 0 ? [[new OptimizerSlot("momentum")]] : [],
        LegacyRows = o => o.Double("momentum") != 0 ? [] : null,
        Update = (o, _) => o.Double("momentum") == 0
            ? new TrainingCall("optimizers/sgd", "update", [TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate], [TrainingOperand.Weight])
            : new TrainingCall(o.Bool("nesterov") ? "optimizers/sgd_nesterov" : "optimizers/sgd_momentum", "update",
                [TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(o, "momentum")), TrainingOperand.Slot("momentum")],
                [TrainingOperand.Weight, TrainingOperand.Slot("momentum")]),
    };
}
