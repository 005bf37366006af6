using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Losses;

/// <summary>One minus the overlap of targets and predictions, with weights for what is missed on either side (Salehi et al., 2017). Keras: keras.losses.Tversky.</summary>
internal static class Tversky
{
    /// <summary>Declaration and meaning. Without axes the overlap is that of the whole batch.</summary>
    public static LossDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Loss, "Tversky", ["tversky"],
        [
            .. LossDefinition.CommonArguments,
            Argument.Double("alpha", 0.5),
            Argument.Double("beta", 0.5),
            Argument.OptionalInts("axis"),
        ]),
        c => LastAxis.OverAny("losses/tversky", c, c.Config.Values["axis"] is null ? null : c.Config.Ints("axis"), Operand.Double(c.Config.Double("alpha")), Operand.Double(c.Config.Double("beta"))));
}
