using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Training.Losses;

namespace Keras2Dml.Network.Training;

/// <summary>Every loss, one line each.</summary>
internal static class LossTable
{
    /// <summary>The lines.</summary>
    public static IReadOnlyList<LossDefinition> All { get; } =
    [
        MeanSquaredError.Definition,
        MeanAbsoluteError.Definition,
        BinaryCrossentropy.Definition,
        CategoricalCrossentropy.Definition,
        SparseCategoricalCrossentropy.Definition,
        MeanAbsolutePercentageError.Definition,
        MeanSquaredLogarithmicError.Definition,
        Huber.Definition,
        LogCosh.Definition,
        Hinge.Definition,
        SquaredHinge.Definition,
        CategoricalHinge.Definition,
        KLDivergence.Definition,
        Poisson.Definition,
        CosineSimilarity.Definition,
        BinaryFocalCrossentropy.Definition,
        CategoricalFocalCrossentropy.Definition,
        CategoricalGeneralizedCrossEntropy.Definition,
        Dice.Definition,
        Tversky.Definition,
        Circle.Definition,
        Ctc.Definition,
    ];

    public static LossDefinition Find(KerasObject loss) => All.First(d => d.Class == loss.Class);
}
