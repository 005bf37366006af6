using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adam (Kingma and Ba, 2014), with the maximum of past second moments when <c>amsgrad</c>. Keras: keras.optimizers.Adam; Caffe: Adam.</summary>
internal static class Adam
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Adam", ["adam"], [.. OptimizerDefinition.CommonArguments(0.001), .. OwnArguments]),
        Slots = (o, _) => AdamSlots(o),
        Update = (o, _) => AdamUpdate(o),
        RowUpdate = (o, _) => AdamUpdate(o).OfRows(),
    };

    /// <summary>Arguments beside the common ones.</summary>
    public static IReadOnlyList<Argument> OwnArguments =>
    [
        Argument.Double("beta_1", 0.9, 0, 1),
        Argument.Double("beta_2", 0.999, 0, 1),
        Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
        Argument.Bool("amsgrad", false),
    ];

    /// <summary>First and second moment, and with amsgrad the maximum of the second.</summary>
    public static IReadOnlyList<IReadOnlyList<OptimizerSlot>> AdamSlots(KerasObject optimizer)
    {
        IReadOnlyList<OptimizerSlot> moments = [new OptimizerSlot("momentum", 0, "m"), new OptimizerSlot("velocity", 0, "v")];
        return optimizer.Bool("amsgrad") ? [moments, [new OptimizerSlot("velocity_hat", 0, "vhat")]] : [moments];
    }

    /// <summary>One update.</summary>
    public static TrainingCall AdamUpdate(KerasObject optimizer)
    {
        bool amsgrad = optimizer.Bool("amsgrad");
        IReadOnlyList<TrainingOperand> slots = [TrainingOperand.Slot("momentum"), TrainingOperand.Slot("velocity"), .. amsgrad ? [TrainingOperand.Slot("velocity_hat")] : Array.Empty<TrainingOperand>()];
        return new TrainingCall("optimizers/adam", amsgrad ? "update_amsgrad" : "update",
            [
                TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate,
                TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_1")), TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "beta_2")), TrainingOperand.Double(optimizer.Double("epsilon")),
                TrainingOperand.Step, .. slots,
            ],
            [TrainingOperand.Weight, .. slots]);
    }
}
