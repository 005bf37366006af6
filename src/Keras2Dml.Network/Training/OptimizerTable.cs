using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Optimizers;

namespace Keras2Dml.Network.Training;

/// <summary>Every optimizer, one line each.</summary>
internal static class OptimizerTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<OptimizerDefinition> All { get; } =
    [
        Sgd.Definition,
        RmsProp.Definition,
        Adam.Definition,
        AdamW.Definition,
        Adagrad.Definition,
        Adadelta.Definition,
        Adamax.Definition,
        Nadam.Definition,
        Ftrl.Definition,
        Lion.Definition,
        Lamb.Definition,
        Adafactor.Definition,
        Muon.Definition,
        ScheduleFreeAdamW.Definition,
        LossScaleOptimizer.Definition,
    ];

    public static OptimizerDefinition Find(KerasObject optimizer) => All.First(d => d.Class == optimizer.Class);
}
