namespace Keras2Dml.Core.Errors;

/// <summary>Errors of turning a network into a script (K2D21xx).</summary>
internal static class LoweringErrors
{
    public static readonly ErrorDefinition UnknownInputSize = new("K2D2101", ErrorCategory.Usage,
        "The model leaves sizes of this input open: {0}. A script needs all of them: give them as input shape, for example (3,224,224), or give data.");

    public static readonly ErrorDefinition InputShapeMismatch = new("K2D2102", ErrorCategory.Usage,
        "Expected an input shape that fits {0}, received {1}.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [UnknownInputSize, InputShapeMismatch];
}
