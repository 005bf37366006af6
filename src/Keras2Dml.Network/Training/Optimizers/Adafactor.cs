using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adaptive rates from factors of the second moment (Shazeer and Stern, 2018). Keras: keras.optimizers.Adafactor.</summary>
internal static class Adafactor
{
    // What Keras calls r and c: the second moment without the last and without the second last axis. Variables of less than two axes have scalars in their place.
    private static readonly OptimizerSlot RowFactor = new("row_factor") { Shape = SlotShape.WithoutLastAxis, IsNamedAsVariable = true };
    private static readonly OptimizerSlot ColumnFactor = new("column_factor") { Shape = SlotShape.WithoutSecondLastAxis, IsNamedAsVariable = true };
    private static readonly OptimizerSlot Unused = new("unused") { Shape = SlotShape.Unused, IsNamedAsVariable = true, Type = ElementType.Int32 };

    /// <summary>Declaration and meaning. Whether the step is relative makes no difference: Keras bounds it by 1/sqrt(t) either way.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "Adafactor", ["adafactor"],
        [
            .. OptimizerDefinition.CommonArguments(0.001),
            Argument.Double("beta_2_decay", -0.8),
            Argument.Double("epsilon_1", 1e-30, 0, double.PositiveInfinity),
            Argument.Double("epsilon_2", 0.001, 0, double.PositiveInfinity),
            Argument.Double("clip_threshold", 1),
            Argument.Bool("relative_step", true),
        ]),
        Slots = (_, v) => [[.. v.Rank < 2 ? new[] { Unused, Unused } : [RowFactor, ColumnFactor], new OptimizerSlot("velocity")]],
        Update = Update,
        RowUpdate = (o, v) => Update(o, v).OfRows(),
    };

    private static TrainingCall Update(KerasObject optimizer, OptimizedVariable variable)
    {
        IReadOnlyList<TrainingOperand> common =
        [
            TrainingOperand.Weight, TrainingOperand.Gradient, TrainingOperand.LearningRate, TrainingOperand.Double(optimizer.Double("beta_2_decay")),
            TrainingOperand.Double(optimizer.Double("epsilon_1")), TrainingOperand.Double(optimizer.Double("epsilon_2")), TrainingOperand.Double(optimizer.Double("clip_threshold")), TrainingOperand.Step,
        ];
        if (variable.Rank < 2)
        {
            return new TrainingCall("optimizers/adafactor", "update_vector", [.. common, TrainingOperand.Slot("velocity")], [TrainingOperand.Weight, TrainingOperand.Slot("velocity")]);
        }

        IReadOnlyList<TrainingOperand> slots = [TrainingOperand.Slot(RowFactor.Name), TrainingOperand.Slot(ColumnFactor.Name), TrainingOperand.Slot("velocity")];
        return new TrainingCall("optimizers/adafactor", "update",
            [.. common, .. Axis(variable.Axis(-1)), .. Axis(variable.Axis(-2)), .. Axis(variable.AxisWithout(-2, -1)), .. slots], [TrainingOperand.Weight, .. slots]);
    }

    private static TrainingOperand[] Axis(AxisToLast axis) => [TrainingOperand.Int(axis.Outer), TrainingOperand.Int(axis.Size), TrainingOperand.Int(axis.Inner)];
}
