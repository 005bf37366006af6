using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training;

/// <summary>A learning-rate schedule: <c>rate(double iteration, constants) return (double lr)</c>; iteration counts calls of the optimizer from 0.</summary>
/// <param name="Class">Declaration.</param>
/// <param name="File">File in the library: <c>schedules/exponential_decay</c>.</param>
/// <param name="Constants">Literals (or expressions of literals) after iteration.</param>
internal sealed record ScheduleDefinition(KerasClass Class, string File, Func<KerasObject, IReadOnlyList<Operand>> Constants)
{
    /// <summary>The rate from which a policy of Keras2DML or a Caffe solver starts in place of the schedule.</summary>
    public Func<KerasObject, double> BaseRate { get; init; } = s => s.Double("initial_learning_rate");
}
