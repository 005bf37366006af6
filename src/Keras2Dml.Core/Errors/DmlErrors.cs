namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the DML language (K2D3xxx).</summary>
internal static class DmlErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
