using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Schedules;

/// <summary>A power of the remaining share of steps, from an initial to an end rate. Keras: keras.optimizers.schedules.PolynomialDecay.</summary>
internal static class PolynomialDecay
{
    /// <summary>Declaration and meaning.</summary>
    public static ScheduleDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Schedule, "PolynomialDecay", [],
        [
            Argument.RequiredDouble("initial_learning_rate"),
            Argument.RequiredDouble("decay_steps"),
            Argument.Double("end_learning_rate", 0.0001),
            Argument.Double("power", 1),
            Argument.Bool("cycle", false),
            Argument.Text("name", null),
        ]),
        "schedules/polynomial_decay",
        s =>
        [
            Operand.Double(s.Double("initial_learning_rate")),
            Operand.Double(s.Double("decay_steps")),
            Operand.Double(s.Double("end_learning_rate")),
            Operand.Double(s.Double("power")),
            Operand.Bool(s.Bool("cycle")),
        ]);
}
