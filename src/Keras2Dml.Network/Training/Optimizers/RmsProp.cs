using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>RMSprop (Tieleman and Hinton, 2012), centered or not, with or without momentum. Keras: keras.optimizers.RMSprop; Caffe: RMSProp.</summary>
internal static class RmsProp
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "RMSprop", ["rmsprop"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("rho", 0.9, 0, 1),
            Argument.Double("momentum", 0, 0, 1),
            Argument.Double("epsilon", 1e-7, 0, double.PositiveInfinity),
            Argument.Bool("centered", false),
        ]),
        Slots = (o, _) =>
        [
            [new OptimizerSlot("velocity", 0, "rms")],
            .. HasMomentum(o) ? [[new OptimizerSlot("momentum")]] : Array.Empty<IReadOnlyList<OptimizerSlot>>(),
            .. o.Bool("centered") ? [[new OptimizerSlot("average_gradient", 0, "mg")]] : Array.Empty<IReadOnlyList<OptimizerSlot>>(),
        ],
        Update = (o, _) => Update(o),
        RowUpdate = (o, _) => Update(o).OfRows(),
        LegacyRows = o => o.Double("momentum") > 0 ? [] : null,
    };

    private static bool HasMomentum(KerasObject optimizer) => optimizer.Double("momentum") > 0;

    private static TrainingCall Update(KerasObject optimizer)
    {
        bool momentum = HasMomentum(optimizer);
        bool centered = optimizer.Bool("centered");
        string function = (momentum, centered) switch
        {
            (false, false) => OptimizerSettings.IsLegacyOptimizer(optimizer) ? "update_epsilon_outside" : "update",
            (false, true) => OptimizerSettings.IsLegacyOptimizer(optimizer) ? "update_centered_epsilon_outside" : "update_centered",
            (true, false) => "update_momentum",
            (true, true) => "update_centered_momentum",
        };
        IReadOnlyList<TrainingOperand> slots =
        [
            TrainingOperand.Slot("velocity"),
            .. centered ? [TrainingOperand.Slot("average_gradient")] : Array.Empty<TrainingOperand>(),
            .. momentum ? [TrainingOperand.Slot("momentum")] : Array.Empty<TrainingOperand>(),
        ];
        return new TrainingCall("optimizers/rmsprop", function,
            [
                TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "rho")),
                .. momentum ? [TrainingOperand.Double(OptimizerSettings.Rate(optimizer, "momentum"))] : Array.Empty<TrainingOperand>(),
                TrainingOperand.Double(optimizer.Double("epsilon")), .. slots,
            ],
            [TrainingOperand.Weight, .. slots]);
    }
}
