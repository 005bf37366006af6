using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Another optimizer whose steps are left out when a gradient of the scaled loss is not finite. Keras: keras.optimizers.LossScaleOptimizer.</summary>
internal static class LossScaleOptimizer
{
    /// <summary>Declaration; everything else is that of the optimizer in it, and <see cref="LossScaling"/>.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "LossScaleOptimizer", ["lossscaleoptimizer", "loss_scale_optimizer"],
        [
            new Argument("inner_optimizer", ArgumentType.Object, null, true, Object: ObjectKind.Optimizer),
            Argument.Double("initial_scale", 32768, v => v is > 0.0 ? null : "a number above 0"),
            Argument.Int("dynamic_growth_steps", 2000, 1),
            Argument.Text("name", null),
        ]),
        Inner = InnerOf,
        Slots = (o, v) => OptimizerTable.Find(InnerOf(o)).Slots(InnerOf(o), v),
        Update = (o, v) => OptimizerTable.Find(InnerOf(o)).Update(InnerOf(o), v),
    };

    private static KerasObject InnerOf(KerasObject optimizer) => optimizer.Object("inner_optimizer")!;
}
