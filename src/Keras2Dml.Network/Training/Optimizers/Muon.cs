using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Steps along the nearest orthogonal matrix to the momentum (Jordan et al., 2024); Adam for what is no matrix. Keras: keras.optimizers.Muon.</summary>
internal static class Muon
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Muon", ["muon"],
        [
            .. OptimizerDefinition.CommonArguments(0.001, 0.004),
            Argument.Double("adam_beta_1", 0.9, 0, 1),
            Argument.Double("adam_beta_2", 0.999, 0, 1),
            new Argument("adam_weight_decay", ArgumentType.OptionalDouble, 0.004),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
            Argument.Any("exclude_layers"),
            Argument.Bool("exclude_embeddings", true),
            Argument.Double("muon_a", 3.4445),
            Argument.Double("muon_b", -4.775),
            Argument.Double("muon_c", 2.0315),
            Argument.Double("adam_lr_ratio", 1),
            Argument.Double("momentum", 0.95),
            Argument.Int("ns_steps", 5, 0),
            Argument.Bool("nesterov", true),
            new Argument("rms_rate", ArgumentType.OptionalDouble, 0.2),
        ]),
        Slots = (o, v) => [UsesAdam(o, v) ? [new OptimizerSlot("momentum"), new OptimizerSlot("velocity")] : [new OptimizerSlot("momentum")]],
        Update = Update,
        RowUpdate = (o, v) => UsesAdam(o, v) ? Update(o, v).OfRows() : Update(o, v),
        WeightDecay = (o, v) => o.OptionalDouble(UsesAdam(o, v) ? "adam_weight_decay" : "weight_decay"),
    };

    // keras/src/optimizers/muon.py, _should_use_adamw
    private static bool UsesAdam(KerasObject optimizer, OptimizedVariable variable) =>
        variable.Rank != 2
        || (optimizer.Bool("exclude_embeddings") && variable.Path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || OptimizerSettings.Matches(optimizer.Values["exclude_layers"], variable.Path);

    private static TrainingCall Update(KerasObject optimizer, OptimizedVariable variable)
    {
        if (UsesAdam(optimizer, variable))
        {
            return new TrainingCall("optimizers/adam", "update",
                [
                    TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.ScaledLearningRate(optimizer.Double("adam_lr_ratio")),
                    TrainingOperand.Double(optimizer.Double("adam_beta_1")), TrainingOperand.Double(optimizer.Double("adam_beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
                    TrainingOperand.Step, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity"),
                ],
                [TrainingOperand.Weight, TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity")]);
        }

        // Steps of one root mean square whatever the shape.
        double scale = optimizer.OptionalDouble("rms_rate") is { } rate ? Math.Sqrt(variable.Shape.Max()) * rate : 1;
        return new TrainingCall("optimizers/muon", "update",
            [
                TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.ScaledLearningRate(scale), TrainingOperand.Double(optimizer.Double("momentum")), TrainingOperand.Bool(optimizer.Bool("nesterov")),
                TrainingOperand.Double(optimizer.Double("muon_a")), TrainingOperand.Double(optimizer.Double("muon_b")), TrainingOperand.Double(optimizer.Double("muon_c")),
                TrainingOperand.Int(optimizer.Int("ns_steps")), TrainingOperand.Slot("momentum"),
            ],
            [TrainingOperand.Weight, TrainingOperand.Slot("momentum")]);
    }
}
