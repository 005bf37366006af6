using System.Globalization;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Regularizers;

/// <summary>Penalty <c>l1 * sum(abs(x))</c>. Keras: keras.regularizers.L1.</summary>
internal static class L1
{
    /// <summary>Declaration and meaning.</summary>
    public static RegularizerDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Regularizer, "L1", ["l1"], [Argument.Double("l1", 0.01)]),
        "regularizers/l1", r => [Operand.Double(r.Double("l1"))]);
}
