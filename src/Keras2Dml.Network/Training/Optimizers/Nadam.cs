using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adam with Nesterov momentum and a schedule of momentum (Dozat, 2016). Keras: keras.optimizers.Nadam.</summary>
internal static class Nadam
{
    /// <summary>Declaration and meaning. In files of Keras 2 <c>decay</c> is the momentum's schedule_decay, which tf_keras loses when it loads them.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Nadam", ["nadam"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("beta_1", 0.9, 0, 1),
            Argument.Double("beta_2", 0.999, 0, 1),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
            Argument.OptionalDouble("schedule_decay"),
        ]),
        HasRateDecay = false,
        Slots = (o, _) => [[new OptimizerSlot("momentum", 0, "m"), new OptimizerSlot("velocity", 0, "v")]],
        SharedSlots = [new OptimizerSlot("variable", 1, "momentum_cache")],
        SharedUpdate = o => new TrainingCall("optimizers/nadam", "update_schedule",
            [TrainingOperand.Shared("variable"), TrainingOperand.Double(OptimizerSettings.Rate(o, "beta_1")), TrainingOperand.Double(MomentumDecay(o)), TrainingOperand.Step],
            [TrainingOperand.Shared("variable")]),
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
        LegacyRows = _ => [TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity")],
    };

    private static double MomentumDecay(KerasObject optimizer) => OptimizerSettings.IsLegacyOptimizer(optimizer) ? optimizer.OptionalDouble("schedule_decay") ?? 0.004 : 1;

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/nadam", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate,
            TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_1")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
            TrainingOperand.Double(MomentumDecay(optimizer)), TrainingOperand.Step, TrainingOperand.Shared("variable"), TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity")]);
}
