using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>AdamW that averages its steps in place of a learning-rate schedule (Defazio et al., 2024). Keras: keras.optimizers.ScheduleFreeAdamW.</summary>
internal static class ScheduleFreeAdamW
{
    /// <summary>Declaration and meaning. What Keras calls momentum is the sequence of plain steps; beta_1 cancels out.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "ScheduleFreeAdamW", ["schedulefreeadamw", "schedule_free_adamw"],
        [
            .. OptimizerDefinition.CommonArguments(0.0025),
            Argument.Double("beta_1", 0.9, 0, 1),
            Argument.Double("beta_2", 0.999, 0, 1),
            Argument.Double("epsilon", 1e-8, 0, double.PositiveInfinity),
            Argument.Int("warmup_steps", 0, 0),
        ]),
        Slots = (_, _) => [[new OptimizerSlot("momentum") { CopiesVariable = true }, new OptimizerSlot("velocity")]],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
    };

    private static TrainingCall Update(KerasObject optimizer) => new("optimizers/schedule_free_adamw", "update",
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(optimizer.Double("beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
            TrainingOperand.Int(optimizer.Int("warmup_steps")), TrainingOperand.Step, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity"),
        ],
        [TrainingOperand.Weight, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity")]);
}
