using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Schedules;

/// <summary>Half cosines again and again (Loshchilov and Hutter, 2016). Keras: keras.optimizers.schedules.CosineDecayRestarts.</summary>
internal static class CosineDecayRestarts
{
    /// <summary>Declaration and meaning.</summary>
    public static ScheduleDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Schedule, "CosineDecayRestarts", [],
        [
            Argument.RequiredDouble("initial_learning_rate"),
            Argument.RequiredDouble("first_decay_steps"),
            Argument.Double("t_mul", 2),
            Argument.Double("m_mul", 1),
            Argument.Double("alpha", 0),
            Argument.Text("name", null),
        ]),
        "schedules/cosine_decay_restarts",
        s =>
        [
            Operand.Double(s.Double("initial_learning_rate")),
            Operand.Double(s.Double("first_decay_steps")),
            Operand.Double(s.Double("t_mul")),
            Operand.Double(s.Double("m_mul")),
            Operand.Double(s.Double("alpha")),
        ]);
}
