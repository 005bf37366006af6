namespace Keras2Dml.Core.Errors;

/// <summary>Errors of operators that show only when sizes and values are known (K2D45xx).</summary>
internal static class KernelErrors
{
    public static readonly ErrorDefinition OperandShapes = new("K2D4501", ErrorCategory.Failure,
        "The shapes of a cell operation do not fit. Expected equal shapes, or a row or column vector of fitting length on the right. Received: {0} x {1} and {2} x {3}.");

    public static readonly ErrorDefinition InnerDimensions = new("K2D4502", ErrorCategory.Failure,
        "A matrix multiply needs as many columns on the left as rows on the right. Received: {0} x {1} and {2} x {3}.");

    public static readonly ErrorDefinition Shape = new("K2D4503", ErrorCategory.Failure,
        "{0} expected {1}. Received: {2} x {3}.");

    public static readonly ErrorDefinition OutOfRange = new("K2D4504", ErrorCategory.Failure,
        "Index out of range: rows {0}:{1}, columns {2}:{3} of a matrix of {4} x {5}.");

    public static readonly ErrorDefinition Value = new("K2D4505", ErrorCategory.Failure,
        "{0} expected {1}. Received: {2}.");

    public static readonly ErrorDefinition Singular = new("K2D4506", ErrorCategory.Failure,
        "{0} failed: the matrix is {1}.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [OperandShapes, InnerDimensions, Shape, OutOfRange, Value, Singular];
}
