namespace Keras2Dml.Core.Errors;

/// <summary>Errors of running a script (K2D4xxx).</summary>
internal static class RuntimeErrors
{
    public static readonly ErrorDefinition MemoryBudget = new("K2D4001", ErrorCategory.Failure,
        "The memory budget is exceeded: a matrix of {0} x {1} needs {2} bytes, {3} are in use, the budget is {4}. Use a smaller batch size or a larger --memory.");

    public static readonly ErrorDefinition NotSupported = new("K2D4003", ErrorCategory.Invalid,
        "The function {0} is not supported by the backend {1}.");

    public static readonly ErrorDefinition LoopBounds = new("K2D4004", ErrorCategory.Failure,
        "The bounds of a loop must be numbers.");

    public static readonly ErrorDefinition LoopStep = new("K2D4005", ErrorCategory.Failure,
        "The step of a loop must not be 0.");

    public static readonly ErrorDefinition CallDepth = new("K2D4006", ErrorCategory.Failure,
        "The function {0} calls itself more than {1} deep. Check the condition that ends the recursion.");

    public static readonly ErrorDefinition Arithmetic = new("K2D4007", ErrorCategory.Failure,
        "'{0}' failed: {1}");

    public static readonly ErrorDefinition SizeOfScalar = new("K2D4008", ErrorCategory.Failure,
        "Expected a matrix, frame or list. Received: {0}.");

    public static readonly ErrorDefinition IndexRange = new("K2D4009", ErrorCategory.Failure,
        "The {0} index must be from 1 to {1}. Received: {2}.");

    public static readonly ErrorDefinition NotANumber = new("K2D4010", ErrorCategory.Failure,
        "Expected a number. Received: '{0}'.");

    public static readonly ErrorDefinition CastSize = new("K2D4011", ErrorCategory.Failure,
        "Expected a value with exactly one element. Received: {0}.");

    public static readonly ErrorDefinition MatrixText = new("K2D4012", ErrorCategory.Failure,
        "A matrix of {0}x{1} needs {2} numbers. Received: {3}.");

    public static readonly ErrorDefinition ListName = new("K2D4013", ErrorCategory.Failure,
        "The list has no element '{0}'. It has: {1}.");

    public static readonly ErrorDefinition Stop = new("K2D4014", ErrorCategory.Failure,
        "{0}");

    public static readonly ErrorDefinition Assertion = new("K2D4015", ErrorCategory.Failure,
        "The assertion is not true.");

    public static readonly ErrorDefinition Format = new("K2D4016", ErrorCategory.Failure,
        "The format does not fit the values: {0}");

    public static readonly ErrorDefinition NotBound = new("K2D4017", ErrorCategory.Failure,
        "Nothing is bound to {0}.");

    public static readonly ErrorDefinition Metadata = new("K2D4018", ErrorCategory.Data,
        "The metadata file is damaged: {0}");

    public static readonly ErrorDefinition ReadMissing = new("K2D4019", ErrorCategory.Data,
        "The file to read does not exist: {0}. Paths count from the working folder.");

    public static readonly ErrorDefinition ReadFormat = new("K2D4020", ErrorCategory.Data,
        "{0}: expected the format csv, text or mm. Received: {1}.");

    public static readonly ErrorDefinition ReadEmpty = new("K2D4021", ErrorCategory.Data,
        "{0}: the file has no rows.");

    public static readonly ErrorDefinition ReadSize = new("K2D4022", ErrorCategory.Data,
        "{0}: expected {1} (rows x columns). Received: {2}.");

    public static readonly ErrorDefinition ReadFields = new("K2D4023", ErrorCategory.Data,
        "{0}, line {1}: expected {2} fields. Received: {3}.");

    public static readonly ErrorDefinition ReadNumber = new("K2D4024", ErrorCategory.Data,
        "{0}, line {1}: expected a number. Received: '{2}'.");

    public static readonly ErrorDefinition ReadDimensions = new("K2D4025", ErrorCategory.Data,
        "{0}: rows and columns are not known. Give them to read, or put a .mtd file beside the data.");

    public static readonly ErrorDefinition WriteFormat = new("K2D4026", ErrorCategory.Failure,
        "Expected the format csv, text or mm. Received: {0}.");

    public static readonly ErrorDefinition Distribution = new("K2D4031", ErrorCategory.Failure,
        "Expected {0}. Received: {1}.");

    public static readonly ErrorDefinition OperandKind = new("K2D4032", ErrorCategory.Failure,
        "Expected {0}. Received: {1}.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        MemoryBudget, NotSupported, LoopBounds, LoopStep, CallDepth, Arithmetic, SizeOfScalar, IndexRange, NotANumber, CastSize, MatrixText, ListName, Stop, Assertion, Format, NotBound, Metadata, ReadMissing, ReadFormat, ReadEmpty, ReadSize, ReadFields, ReadNumber, ReadDimensions, WriteFormat, Distribution, OperandKind,
    ];
}
