using Keras2Dml.Network.Graph;

namespace Keras2Dml.Network.Layers.Regularization;

/// <summary>The state of a layer's random generator: Keras's SeedGenerator.</summary>
internal static class RandomState
{
    /// <summary>Seed and counter. The counter grows by one with every draw.</summary>
    public static ParameterSpec Parameter() => new()
    {
        Name = "seed_generator/seed_generator_state", Owner = "seed_generator", Index = 0, Shape = [2], Type = ElementType.Int64,
        Trainable = false, Storage = MatrixStorage.Row(2),
    };
}
