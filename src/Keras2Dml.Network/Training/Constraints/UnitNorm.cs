using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Constraints;

/// <summary>Norms along axes are 1. Keras: keras.constraints.UnitNorm.</summary>
internal static class UnitNorm
{
    /// <summary>Declaration and meaning.</summary>
    public static ConstraintDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Constraint, "UnitNorm", ["unit_norm", "unitnorm"], [Argument.Ints("axis", 0)]),
        "constraints/unit_norm", (c, p) => NormAxes.Constants(c.Ints("axis"), p));
}
