using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Regularizers;

/// <summary>Penalty <c>l2 * sum(x^2)</c>. Keras: keras.regularizers.L2.</summary>
internal static class L2
{
    /// <summary>Declaration and meaning.</summary>
    public static RegularizerDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Regularizer, "L2", ["l2"], [Argument.Double("l2", 0.01)]),
        "regularizers/l2", r => [Operand.Double(r.Double("l2"))]);
}
