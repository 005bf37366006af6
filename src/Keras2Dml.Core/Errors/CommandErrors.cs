namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the command line (K2D7xxx).</summary>
internal static class CommandErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
