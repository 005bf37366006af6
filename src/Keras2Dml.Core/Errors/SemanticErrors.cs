namespace Keras2Dml.Core.Errors;

/// <summary>Errors that the check of a whole script finds before it runs (K2D32xx).</summary>
internal static class SemanticErrors
{
    public static readonly ErrorDefinition UserFunctionInPredicate = new("K2D3201", ErrorCategory.Invalid,
        "The script's own function {0} cannot be called inside a condition, a loop bound or an index. Assign its result to a variable first.");

    public static readonly ErrorDefinition Condition = new("K2D3202", ErrorCategory.Invalid,
        "A condition must be a boolean or a number. Received: {0}.");

    public static readonly ErrorDefinition LoopBound = new("K2D3203", ErrorCategory.Invalid,
        "A loop bound must be a number. Received: {0}.");

    public static readonly ErrorDefinition TypeChange = new("K2D3204", ErrorCategory.Invalid,
        "A branch or a loop may not change what kind of value '{0}' holds. Received: {1} and {2}. Use two variables.");

    public static readonly ErrorDefinition Operand = new("K2D3205", ErrorCategory.Invalid,
        "'{0}' takes a matrix or a number. Received: {1}.");

    public static readonly ErrorDefinition NoResult = new("K2D3206", ErrorCategory.Invalid,
        "{0} has no result. Call it as a statement of its own.");

    public static readonly ErrorDefinition ArgumentTwice = new("K2D3207", ErrorCategory.Invalid,
        "{0} received its argument '{1}' twice. Give it once.");

    public static readonly ErrorDefinition BuiltinArgumentCount = new("K2D3208", ErrorCategory.Invalid,
        "{0} takes ({1}). Received: {2} arguments.");

    public static readonly ErrorDefinition BuiltinArgument = new("K2D3209", ErrorCategory.Invalid,
        "{0}: the argument '{1}' expected {2}. Received: {3}.");

    public static readonly ErrorDefinition UndeclaredArgument = new("K2D3210", ErrorCategory.Invalid,
        "{0} has no argument '{1}'.{2} Expected ({3}).");

    public static readonly ErrorDefinition NamesNeeded = new("K2D3211", ErrorCategory.Invalid,
        "{0} takes its arguments by name: ({1}). Received: a value without a name.");

    public static readonly ErrorDefinition LeftIndexSize = new("K2D3212", ErrorCategory.Invalid,
        "The range has {0} cells. Received a matrix of {1}.");

    public static readonly ErrorDefinition ResultType = new("K2D3213", ErrorCategory.Invalid,
        "The result '{0}' is declared as {1}. Received: {2}. Convert it with as.integer, as.scalar or as.matrix, or change the declaration.");

    public static readonly ErrorDefinition IntegerOverflow = new("K2D3214", ErrorCategory.Invalid,
        "'{0}' of the integers {1} and {2} has no 64-bit result. Write them as doubles, for example with a decimal point.");

    public static readonly ErrorDefinition UnsupportedFunction = new("K2D3215", ErrorCategory.Invalid,
        "The built-in function {0} of SystemDS is not supported. Write it as a function of the script.") { IsUnsupported = true };

    public static readonly ErrorDefinition ParforOption = new("K2D3221", ErrorCategory.Invalid,
        "parfor has no option '{0}'.{1} Expected one of: {2}.");

    public static readonly ErrorDefinition ParforStop = new("K2D3222", ErrorCategory.Invalid,
        "stop() is not possible inside parfor. Check before the loop, or use for.");

    public static readonly ErrorDefinition ParforScalar = new("K2D3223", ErrorCategory.Invalid,
        "The iterations of parfor must not depend on each other: '{0}' has a value before the loop and is assigned in it. Assign one cell of a matrix per iteration, or use for.");

    public static readonly ErrorDefinition ParforMatrix = new("K2D3224", ErrorCategory.Invalid,
        "The iterations of parfor must not depend on each other: {0} in line {1} and {2} in line {3} may touch the same cells. Index one cell or one row by the loop variable, or use for; check=0 turns this check off.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        UserFunctionInPredicate, Condition, LoopBound, TypeChange, Operand, NoResult, ArgumentTwice, BuiltinArgumentCount, BuiltinArgument, UndeclaredArgument,
        NamesNeeded, LeftIndexSize, ResultType, IntegerOverflow, UnsupportedFunction, ParforOption, ParforStop, ParforScalar, ParforMatrix,
    ];
}
