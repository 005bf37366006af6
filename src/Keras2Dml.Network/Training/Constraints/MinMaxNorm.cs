using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Functions;

namespace Keras2Dml.Network.Training.Constraints;

/// <summary>Norms along axes move into a range, by a rate. Keras: keras.constraints.MinMaxNorm.</summary>
internal static class MinMaxNorm
{
    /// <summary>Declaration and meaning.</summary>
    public static ConstraintDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Constraint, "MinMaxNorm", ["min_max_norm", "minmaxnorm"],
            [Argument.Double("min_value", 0), Argument.Double("max_value", 1), Argument.Double("rate", 1), Argument.Ints("axis", 0)]),
        "constraints/min_max_norm",
        (c, p) => [Operand.Double(c.Double("min_value")), Operand.Double(c.Double("max_value")), Operand.Double(c.Double("rate")), .. NormAxes.Constants(c.Ints("axis"), p)]);
}
