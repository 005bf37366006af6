using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Constraints;

namespace Keras2Dml.Network.Training;

/// <summary>Every constraint, one line each.</summary>
internal static class ConstraintTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<ConstraintDefinition> All { get; } =
    [
        MaxNorm.Definition,
        NonNeg.Definition,
        UnitNorm.Definition,
        MinMaxNorm.Definition,
    ];

    public static ConstraintDefinition Find(KerasObject constraint) => All.First(d => d.Class == constraint.Class);
}
