using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Constraints;

/// <summary>Norms along axes are at most a value. Keras: keras.constraints.MaxNorm.</summary>
internal static class MaxNorm
{
    /// <summary>Declaration and meaning.</summary>
    public static ConstraintDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Constraint, "MaxNorm", ["max_norm", "maxnorm"], [Argument.Double("max_value", 2), Argument.Ints("axis", 0)]),
        "constraints/max_norm", (c, p) => [Operand.Double(c.Double("max_value")), .. NormAxes.Constants(c.Ints("axis"), p)]);
}
