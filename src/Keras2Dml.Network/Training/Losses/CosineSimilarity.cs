using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>Negative cosine between target and prediction. Keras: keras.losses.CosineSimilarity.</summary>
internal static class CosineSimilarity
{
    /// <summary>Declaration and meaning.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "CosineSimilarity", ["cosine_similarity"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Ints("axis", -1),
        ]),
        c => LastAxis.Over("losses/cosine_similarity", c, c.Config.Ints("axis")));
}
