namespace Keras2Dml.Core.Errors;

/// <summary>Errors of Keras files (K2D1xxx).</summary>
internal static class KerasFileErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
