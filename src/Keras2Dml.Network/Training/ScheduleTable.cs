using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Schedules;

namespace Keras2Dml.Network.Training;

/// <summary>Every learning-rate schedule, one line each.</summary>
internal static class ScheduleTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<ScheduleDefinition> All { get; } =
    [
        ExponentialDecay.Definition,
        PiecewiseConstantDecay.Definition,
        PolynomialDecay.Definition,
        InverseTimeDecay.Definition,
        CosineDecay.Definition,
        CosineDecayRestarts.Definition,
    ];

    public static ScheduleDefinition Find(KerasObject schedule) => All.First(d => d.Class == schedule.Class);
}
