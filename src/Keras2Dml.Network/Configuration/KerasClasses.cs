using System.Collections.Frozen;
using Keras2Dml.Network.Activations;
using Keras2Dml.Network.Initializers;
using Keras2Dml.Network.Layers;
using Keras2Dml.Network.Training;

namespace Keras2Dml.Network.Configuration;

/// <summary>Every declared Keras class and function, found by kind and name or alias.</summary>
internal static class KerasClasses
{
    /// <summary>All declarations, kind by kind, in the order of the tables.</summary>
    public static IReadOnlyList<KerasClass> All { get; } =
    [
        .. LayerTable.All.Select(r => r.Class),
        .. ActivationTable.All.Select(r => r.Class),
        .. InitializerTable.All,
        .. OptimizerTable.All.Select(d => d.Class),
        .. ScheduleTable.All.Select(d => d.Class),
        .. LossTable.All.Select(d => d.Class),
        .. MetricTable.All.Select(d => d.Class),
        .. MetricTable.ByShape,
        .. RegularizerTable.All.Select(d => d.Class),
        .. ConstraintTable.All.Select(d => d.Class),
    ];

    private static readonly FrozenDictionary<(ObjectKind, string), KerasClass> ByName =
        All.SelectMany(c => c.Aliases.Prepend(c.Name).Select(n => KeyValuePair.Create((c.Kind, n), c))).ToFrozenDictionary();

    /// <summary>The class of that name or alias; null when there is none.</summary>
    public static KerasClass? Find(ObjectKind kind, string name) => ByName.GetValueOrDefault((kind, name));

    /// <summary>Names (without aliases) of a kind.</summary>
    public static IEnumerable<string> Names(ObjectKind kind) => All.Where(c => c.Kind == kind).Select(c => c.Name);
}
