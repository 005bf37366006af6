namespace Keras2Dml.Core.Errors;

/// <summary>Errors of the DML language (K2D3xxx).</summary>
internal static class DmlErrors
{
    public static readonly ErrorDefinition UnclosedComment = new("K2D3001", ErrorCategory.Invalid,
        "The comment is not closed. Expected '*/' before the end of the file.");

    public static readonly ErrorDefinition UnclosedString = new("K2D3002", ErrorCategory.Invalid,
        "The string is not closed. Expected the same quote again before the end of the file.");

    public static readonly ErrorDefinition ExpectedType = new("K2D3003", ErrorCategory.Invalid,
        "Expected a type: matrix[double], frame[unknown], list[unknown], double, int, boolean or string. Received: {0}.");

    public static readonly ErrorDefinition ExpectedSymbol = new("K2D3004", ErrorCategory.Invalid,
        "Expected '{0}'. Received: {1}.");

    public static readonly ErrorDefinition ExpectedRange = new("K2D3005", ErrorCategory.Invalid,
        "Expected a range for the loop: a:b or seq(a, b, step).");

    public static readonly ErrorDefinition ExpectedCall = new("K2D3006", ErrorCategory.Invalid,
        "Expected a function call to the right of several targets.");

    public static readonly ErrorDefinition ExpectedStatement = new("K2D3007", ErrorCategory.Invalid,
        "Expected a statement. Received: {0}.");

    public static readonly ErrorDefinition ExpectedName = new("K2D3008", ErrorCategory.Invalid,
        "Expected a name that is no reserved word. Received: {0}.");

    public static readonly ErrorDefinition NestingTooDeep = new("K2D3009", ErrorCategory.Invalid,
        "Expressions or blocks are nested more than {0} deep. Use intermediate variables or functions.");

    public static readonly ErrorDefinition ShortCircuit = new("K2D3010", ErrorCategory.Invalid,
        "'{0}' is no operator of DML. Use '{1}', which evaluates both sides.");

    public static readonly ErrorDefinition NumberRange = new("K2D3011", ErrorCategory.Invalid,
        "Expected a 64-bit integer. Received: {0}. Write it as a double, for example with a decimal point.");

    public static readonly ErrorDefinition ExpectedExpression = new("K2D3012", ErrorCategory.Invalid,
        "Expected an expression. Received: {0}.");

    public static readonly ErrorDefinition UnknownEscape = new("K2D3013", ErrorCategory.Invalid,
        "The string holds the unknown escape \\{0}. Expected one of \\b \\t \\n \\f \\r \\' \\\" \\\\.");

    public static readonly ErrorDefinition EmptyFunction = new("K2D3014", ErrorCategory.Invalid,
        "The body of the function '{0}' is empty. Expected at least one statement.");

    public static readonly ErrorDefinition MatrixOfDoubles = new("K2D3015", ErrorCategory.Invalid,
        "Matrices hold doubles. Expected matrix[double]. Received: matrix of {0}.");

    public static readonly ErrorDefinition FunctionTwice = new("K2D3101", ErrorCategory.Invalid,
        "The function '{0}' is declared twice in this file. Rename one of them.");

    public static readonly ErrorDefinition SourceMissing = new("K2D3102", ErrorCategory.Invalid,
        "The sourced file does not exist: {0}. Paths count from the working folder.");

    public static readonly ErrorDefinition NamespaceTwice = new("K2D3103", ErrorCategory.Invalid,
        "The namespace '{0}' already stands for {1}. Use another name after 'as'.");

    public static readonly ErrorDefinition OperandTypes = new("K2D3104", ErrorCategory.Invalid,
        "'{0}' takes matrices and numbers. Received: {1}.");

    public static readonly ErrorDefinition SizesCellwise = new("K2D3105", ErrorCategory.Invalid,
        "'{0}' takes matrices of equal size, or a row or column vector on the right. Received: {1} and {2}.");

    public static readonly ErrorDefinition SizesMultiply = new("K2D3106", ErrorCategory.Invalid,
        "'%*%' takes as many columns on the left as rows on the right. Received: {0} and {1} ({2} columns and {3} rows).");

    public static readonly ErrorDefinition SizesBind = new("K2D3107", ErrorCategory.Invalid,
        "{0} takes matrices of equal height (cbind) or width (rbind). Received: {1}.");

    public static readonly ErrorDefinition SizesReshape = new("K2D3108", ErrorCategory.Invalid,
        "matrix() must keep the number of cells. Received: {0} to become {1}.");

    public static readonly ErrorDefinition ResultCount = new("K2D3109", ErrorCategory.Invalid,
        "{0} has {1} results. Received: {2} targets.");

    public static readonly ErrorDefinition ConstantAssigned = new("K2D3110", ErrorCategory.Invalid,
        "'{0}' is a constant and cannot be assigned. Use another name.");

    public static readonly ErrorDefinition ArgumentCount = new("K2D3111", ErrorCategory.Invalid,
        "{0} takes {1} arguments. Received: {2}.");

    public static readonly ErrorDefinition UnknownArgument = new("K2D3112", ErrorCategory.Invalid,
        "{0} takes the arguments {1}. Received: '{2}'.");

    public static readonly ErrorDefinition MissingArgument = new("K2D3113", ErrorCategory.Invalid,
        "{0} needs a value for the argument '{1}'.");

    public static readonly ErrorDefinition ParameterType = new("K2D3114", ErrorCategory.Invalid,
        "'{0}' is declared as {1}. Received: {2}.");

    public static readonly ErrorDefinition ResultNotAssigned = new("K2D3115", ErrorCategory.Invalid,
        "The function {0} never assigns its result '{1}'.");

    public static readonly ErrorDefinition UnassignedVariable = new("K2D3116", ErrorCategory.Invalid,
        "The variable '{0}' has no value here.");

    public static readonly ErrorDefinition MissingCommandLineArgument = new("K2D3117", ErrorCategory.Invalid,
        "The script needs the argument ${0}. Pass it with -nvargs {0}=..., or give it a default with ifdef.");

    public static readonly ErrorDefinition BracketList = new("K2D3118", ErrorCategory.Invalid,
        "A list in brackets is only possible as the shape argument of convolution and pooling.");

    public static readonly ErrorDefinition IndexTarget = new("K2D3119", ErrorCategory.Invalid,
        "An index [rows, columns] needs a matrix, a frame or a list. Received: {0}.");

    public static readonly ErrorDefinition ListPosition = new("K2D3126", ErrorCategory.Invalid,
        "An element of the list '{0}' is assigned by one position or name, for example {0}[2] = x.");

    public static readonly ErrorDefinition IndexRange = new("K2D3120", ErrorCategory.Invalid,
        "The {0} index must be from 1 to {1}. Received: {2}.");

    public static readonly ErrorDefinition IndexMatrix = new("K2D3121", ErrorCategory.Invalid,
        "An index must be a number. Received: a matrix. Use as.scalar(...).");

    public static readonly ErrorDefinition BuiltinArguments = new("K2D3122", ErrorCategory.Invalid,
        "{0}: expected {1}. Received: {2}.");

    public static readonly ErrorDefinition UnknownFunction = new("K2D3123", ErrorCategory.Invalid,
        "There is no function '{0}'.{1}");

    public static readonly ErrorDefinition ResultUnused = new("K2D3124", ErrorCategory.Invalid,
        "The result of {0} is not used. Assign it to a variable.");

    public static readonly ErrorDefinition UnknownVariable = new("K2D3125", ErrorCategory.Invalid,
        "There is no variable '{0}'.{1}");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        UnclosedComment, UnclosedString, ExpectedType, ExpectedSymbol, ExpectedRange, ExpectedCall, ExpectedStatement, ExpectedName, NestingTooDeep, ShortCircuit, NumberRange, ExpectedExpression, UnknownEscape, EmptyFunction, MatrixOfDoubles,
        FunctionTwice, SourceMissing, NamespaceTwice, OperandTypes, SizesCellwise, SizesMultiply, SizesBind, SizesReshape, ResultCount, ConstantAssigned, ArgumentCount, UnknownArgument, MissingArgument, ParameterType, ResultNotAssigned, UnassignedVariable, MissingCommandLineArgument, BracketList, IndexTarget, ListPosition, IndexRange, IndexMatrix, BuiltinArguments, UnknownFunction, ResultUnused, UnknownVariable,
    ];
}
