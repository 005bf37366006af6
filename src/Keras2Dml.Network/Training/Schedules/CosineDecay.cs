using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Schedules;

/// <summary>Half a cosine, after an optional linear warmup. Keras: keras.optimizers.schedules.CosineDecay.</summary>
internal static class CosineDecay
{
    /// <summary>Declaration and meaning.</summary>
    public static ScheduleDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Schedule, "CosineDecay", [],
        [
            Argument.RequiredDouble("initial_learning_rate"),
            Argument.RequiredDouble("decay_steps"),
            Argument.Double("alpha", 0),
            Argument.OptionalDouble("warmup_target"),
            Argument.Double("warmup_steps", 0),
            Argument.Text("name", null),
        ]),
        "schedules/cosine_decay",
        s =>
        [
            Operand.Double(s.Double("initial_learning_rate")),
            Operand.Double(s.Double("decay_steps")),
            Operand.Double(s.Double("alpha")),

            // Without a warmup the cosine starts from the initial rate.
            Operand.Double(s.OptionalDouble("warmup_target") ?? s.Double("initial_learning_rate")),
            Operand.Double(s.OptionalDouble("warmup_target") is null ? 0 : s.Double("warmup_steps")),
        ]);
}
