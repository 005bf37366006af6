using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>One minus the overlap of targets and predictions. Keras: keras.losses.Dice.</summary>
internal static class Dice
{
    /// <summary>Declaration and meaning. Without axes the overlap is that of the whole batch.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Dice", ["dice"],
        [
            .. LossDefinition.CommonArguments,
            Argument.OptionalInts("axis"),
        ]),
        c => LastAxis.OverAny("losses/dice", c, c.Config.Values["axis"] is null ? null : c.Config.Ints("axis")));
}
