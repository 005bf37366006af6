using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Schedules;

/// <summary><c>initial * rate ^ (iteration / steps)</c>. Keras: keras.optimizers.schedules.ExponentialDecay.</summary>
internal static class ExponentialDecay
{
    /// <summary>Declaration and meaning.</summary>
    public static ScheduleDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Schedule, "ExponentialDecay", [],
        [
            Argument.RequiredDouble("initial_learning_rate"),
            Argument.RequiredDouble("decay_steps"),
            Argument.RequiredDouble("decay_rate"),
            Argument.Bool("staircase", false),
            Argument.Text("name", null),
        ]),
        "schedules/exponential_decay",
        s =>
        [
            Operand.Double(s.Double("initial_learning_rate")),
            Operand.Double(s.Double("decay_steps")),
            Operand.Double(s.Double("decay_rate")),
            Operand.Bool(s.Bool("staircase")),
        ]);
}
