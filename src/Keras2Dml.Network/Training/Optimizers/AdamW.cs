using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Optimizers;

/// <summary>Adam with decoupled weight decay by default (Loshchilov and Hutter, 2019); the decay itself is common to all optimizers. Keras: keras.optimizers.AdamW.</summary>
internal static class AdamW
{
    /// <summary>Declaration and meaning.</summary>
    public static OptimizerDefinition Definition { get; } = new()
    {
        Class = new KerasClass(ObjectKind.Optimizer, "AdamW", ["adamw"], [.. OptimizerDefinition.CommonArguments(0.001, 0.004), .. Adam.OwnArguments]),
        Slots = (o, _) => Adam.AdamSlots(o),
        Update = (o, _) => Adam.AdamUpdate(o),
        RowUpdate = (o, _) => Adam.AdamUpdate(o).OfRows(),
    };
}
