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

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } =
    [
        UnclosedComment, UnclosedString, ExpectedType, ExpectedSymbol, ExpectedRange, ExpectedCall, ExpectedStatement, ExpectedName, NestingTooDeep, ShortCircuit, NumberRange, ExpectedExpression,
    ];
}
