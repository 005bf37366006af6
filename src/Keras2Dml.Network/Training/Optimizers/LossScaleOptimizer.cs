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
            Argument.Any("dynamic", true, check: v => v is true ? null : "True; set loss_scale_factor on the inner optimizer for a scale that does not change"),
            .. Unused,
        ]),
        Inner = InnerOf,
        Slots = (o, v) => OptimizerTable.Find(InnerOf(o)).Slots(InnerOf(o), v),
        Update = (o, v) => OptimizerTable.Find(InnerOf(o)).Update(InnerOf(o), v),
    };

    // Files of former versions hold the arguments of all optimizers, at their defaults.
    private static IEnumerable<Argument> Unused =>
        from name in new[] { "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum", "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps" }
        select Argument.Any(name, check: v => v is null or false or 0.99 ? null : "None; set it on the inner optimizer");

    private static KerasObject InnerOf(KerasObject optimizer) => optimizer.Object("inner_optimizer")!;
}
