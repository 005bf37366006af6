namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the network graph and its layers (K2D2xxx).</summary>
internal static class NetworkErrors
{
    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [];
}
