namespace Keras2Dml.Dml.Syntax;

/// <summary>How operators are written.</summary>
internal static class OperatorNames
{
    public static string Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Power => "^",
        BinaryOperator.MatrixMultiply => "%*%",
        BinaryOperator.IntegerDivide => "%/%",
        BinaryOperator.Modulus => "%%",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Plus => "+",
        BinaryOperator.Minus => "-",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.And => "&",
        _ => "|",
    };

    public static bool IsComparison(BinaryOperator op) => op is BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual or BinaryOperator.Equal or BinaryOperator.NotEqual;

    public static bool IsArithmetic(BinaryOperator op) => op is BinaryOperator.Power or BinaryOperator.IntegerDivide or BinaryOperator.Modulus or BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Plus or BinaryOperator.Minus;
}
