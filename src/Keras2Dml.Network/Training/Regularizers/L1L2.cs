using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Regularizers;

/// <summary>Both penalties. Keras: keras.regularizers.L1L2.</summary>
internal static class L1L2
{
    /// <summary>Declaration and meaning.</summary>
    public static RegularizerDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Regularizer, "L1L2", ["l1l2", "l1_l2"], [Argument.Double("l1", 0), Argument.Double("l2", 0)]),
        "regularizers/l1l2", r => [Operand.Double(r.Double("l1")), Operand.Double(r.Double("l2"))]);
}
