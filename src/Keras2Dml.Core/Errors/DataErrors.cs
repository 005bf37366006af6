namespace Keras2Dml.Core.Errors;

/// <summary>Errors of data files and arrays (K2D5xxx).</summary>
internal static class DataErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
