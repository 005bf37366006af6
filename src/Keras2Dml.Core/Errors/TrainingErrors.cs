namespace Keras2Dml.Core.Errors;

/// <summary>Errors of training settings (K2D6xxx).</summary>
internal static class TrainingErrors
{
    public static readonly ErrorDefinition LossAxes = new("K2D6101", ErrorCategory.Invalid,
        "{0} over the axes {1} expected neighbouring axes of the prediction other than the batch axis. Received a prediction of shape {2}.");

    public static readonly ErrorDefinition ConstraintAxes = new("K2D6102", ErrorCategory.Invalid,
        "{0} over the axes {1} of a variable of shape ({2}) expected at most two groups of neighbouring axes in the order of the variable's matrix.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [LossAxes, ConstraintAxes];
}
