using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Regularizers;

namespace Keras2Dml.Network.Training;

/// <summary>Every regularizer, one line each.</summary>
internal static class RegularizerTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<RegularizerDefinition> All { get; } =
    [
        L1.Definition,
        L2.Definition,
        L1L2.Definition,
        OrthogonalRegularizer.Definition,
    ];

    public static RegularizerDefinition Find(KerasObject regularizer) => All.First(d => d.Class == regularizer.Class);
}
