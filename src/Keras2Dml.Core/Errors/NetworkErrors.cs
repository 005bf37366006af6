namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the network graph and its layers (K2D2xxx).</summary>
internal static class NetworkErrors
{
    public static readonly ErrorDefinition UnknownLayer = new("K2D2001", ErrorCategory.Invalid,
        "The layer class '{0}' is not supported.{1} Replace it by supported layers.") { IsUnsupported = true };

    public static readonly ErrorDefinition UnknownClass = new("K2D2002", ErrorCategory.Invalid,
        "'{0}' is no known {1}.{2} Expected one of: {3}.") { IsUnsupported = true };

    public static readonly ErrorDefinition UndeclaredArgument = new("K2D2003", ErrorCategory.Invalid,
        "{0} has no argument '{1}' (received {2}).{3} Expected one of: {4}.");

    public static readonly ErrorDefinition WrongValue = new("K2D2004", ErrorCategory.Invalid,
        "{0}: argument '{1}' expected {2}. Received: {3}.");

    public static readonly ErrorDefinition MissingArgument = new("K2D2005", ErrorCategory.Invalid,
        "{0}: the argument '{1}' is missing. Expected {2}.");

    public static readonly ErrorDefinition NotAnObject = new("K2D2006", ErrorCategory.Invalid,
        "Expected a {0} as {{class_name, config}} or by name. Received: {1}.");

    public static readonly ErrorDefinition SerializedCode = new("K2D2007", ErrorCategory.Invalid,
        "{0} holds Python code (Lambda), which is never executed. Replace it by a layer or an activation function and save the model again.") { IsUnsupported = true };

    public static readonly ErrorDefinition InputCount = new("K2D2010", ErrorCategory.Invalid,
        "{0} expected {1} input(s). Received: {2}.");

    public static readonly ErrorDefinition InputRank = new("K2D2011", ErrorCategory.Invalid,
        "{0} expected an input of {1} axes (with the batch). Received shape: {2}.");

    public static readonly ErrorDefinition InputShape = new("K2D2012", ErrorCategory.Invalid,
        "{0} expected {1}. Received shape: {2}.");

    public static readonly ErrorDefinition InputShapes = new("K2D2013", ErrorCategory.Invalid,
        "{0} expected {1}. Received shapes: {2}.");

    public static readonly ErrorDefinition TooLarge = new("K2D2014", ErrorCategory.Invalid,
        "{0} expected tensors of at most {1} cells. Its own would be larger. Received shape: {2}.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        UnknownLayer, UnknownClass, UndeclaredArgument, WrongValue, MissingArgument, NotAnObject, SerializedCode,
        InputCount, InputRank, InputShape, InputShapes, TooLarge,
    ];
}
