namespace Keras2Dml.Core.Errors;

/// <summary>Errors of training settings (K2D6xxx).</summary>
internal static class TrainingErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
