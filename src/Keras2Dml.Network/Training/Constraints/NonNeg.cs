using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Training.Constraints;

/// <summary>Negative cells become 0. Keras: keras.constraints.NonNeg.</summary>
internal static class NonNeg
{
    /// <summary>Declaration and meaning.</summary>
    public static ConstraintDefinition Definition { get; } = new(
        new KerasClass(ObjectKind.Constraint, "NonNeg", ["non_neg", "nonneg"], []), "constraints/non_neg", (_, _) => []);
}
