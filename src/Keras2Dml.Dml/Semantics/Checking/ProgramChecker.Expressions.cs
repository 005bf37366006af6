using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <content>Expressions: what is known of their value.</content>
internal sealed partial class ProgramChecker
{
    private StaticValue Evaluate(Expression expression)
    {
        switch (expression)
        {
            case IntegerLiteral i:
                return StaticValue.Of(Scalar.Of(i.Value));
            case DoubleLiteral d:
                return StaticValue.Of(Scalar.Of(d.Value));
            case StringLiteral s:
                return StaticValue.Of(Scalar.Of(s.Value));
            case BooleanLiteral b:
                return StaticValue.Of(Scalar.Of(b.Value));
            case CommandLineArgument argument:
                if (script.Argument(argument.Name) is { } given)
                {
                    return StaticValue.Of(given);
                }

                diagnostics.Report(DmlErrors.MissingCommandLineArgument, argument.Span, argument.Name);
                return StaticValue.Scalar(ValueKind.Unknown);
            case VariableReference variable:
                return Variable(variable.Name, variable.Span);
            case UnaryExpression unary:
                return Unary(unary);
            case BinaryExpression binary:
                return Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right), binary.Span);
            case IndexExpression index:
                return Indexed(index);
            case BracketList list:
                foreach (Expression item in list.Items)
                {
                    Evaluate(item);
                }

                return StaticValue.List;
            case CallExpression call:
                IReadOnlyList<StaticValue> results = Call(call);
                if (results.Count == 0)
                {
                    diagnostics.Report(SemanticErrors.NoResult, call.Span, call.Name);
                }

                return results.Count > 0 ? results[0] : StaticValue.Unknown;
            default:
                throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}.");
        }
    }

    private StaticValue Unary(UnaryExpression unary)
    {
        StaticValue operand = Evaluate(unary.Operand);
        if (operand.Data is DataKind.Frame or DataKind.List || operand.IsText || (unary.Operator == UnaryOperator.Minus && operand is { IsScalar: true, Value: ValueKind.Boolean }))
        {
            Report(SemanticErrors.Operand, unary.Span, unary.Operator == UnaryOperator.Not ? "!" : unary.Operator == UnaryOperator.Minus ? "-" : "+", operand.Describe());
            return StaticValue.Unknown;
        }

        if (operand.Constant is { } constant)
        {
            return unary.Operator switch
            {
                UnaryOperator.Minus => StaticValue.Of(ScalarOperations.Unary("negate", constant)),
                UnaryOperator.Not => StaticValue.Of(ScalarOperations.Unary("!", constant)),
                _ => operand,
            };
        }

        return unary.Operator == UnaryOperator.Not && operand.IsScalar ? StaticValue.Scalar(ValueKind.Boolean) : operand;
    }

    private StaticValue Binary(BinaryOperator op, StaticValue a, StaticValue b, SourceSpan span)
    {
        if (a.Data is DataKind.List || b.Data is DataKind.List || ((a.Data is DataKind.Frame || b.Data is DataKind.Frame) && !OperatorNames.IsComparison(op)))
        {
            Report(DmlErrors.OperandTypes, span, OperatorNames.Of(op), $"{a.Describe()} and {b.Describe()}");
            return StaticValue.Unknown;
        }

        if (op == BinaryOperator.MatrixMultiply)
        {
            return MatrixMultiply(a, b, span);
        }

        if (a.IsScalar && b.IsScalar)
        {
            return Scalars(op, a, b, span);
        }

        if (a.Data == DataKind.Frame || b.Data == DataKind.Frame)
        {
            return StaticValue.Frame;
        }

        if ((a.IsText || b.IsText) && (a.IsMatrix || b.IsMatrix))
        {
            Report(DmlErrors.OperandTypes, span, OperatorNames.Of(op), $"{a.Describe()} and {b.Describe()}");
            return StaticValue.Unknown;
        }

        return a.IsMatrix || b.IsMatrix ? Cells(OperatorNames.Of(op), a, b, span) : StaticValue.Unknown;
    }

    // Equal sizes, or a row or column vector on the right.
    private StaticValue Cells(string op, StaticValue a, StaticValue b, SourceSpan span)
    {
        if (!a.IsMatrix || !b.IsMatrix)
        {
            StaticValue matrix = a.IsMatrix ? a : b;
            return a.IsScalar || b.IsScalar ? matrix : StaticValue.Matrix();
        }

        bool rowsFit = a.Rows < 0 || b.Rows < 0 || a.Rows == b.Rows || (b.Rows == 1 && (b.Columns < 0 || a.Columns < 0 || b.Columns == a.Columns));
        bool columnsFit = a.Columns < 0 || b.Columns < 0 || a.Columns == b.Columns || (b.Columns == 1 && (b.Rows < 0 || a.Rows < 0 || b.Rows == a.Rows));
        if (a.IsSized && b.IsSized && (!rowsFit || !columnsFit))
        {
            Report(DmlErrors.SizesCellwise, span, op, a.Size, b.Size);
        }

        // An unknown size may also be a column vector that is combined with a row.
        return a.IsSized && b.IsSized && (a.Columns > 1 || b.Rows > 1 || a.Rows == b.Rows) ? StaticValue.Matrix(a.Rows, a.Columns) : StaticValue.Matrix();
    }

    private StaticValue MatrixMultiply(StaticValue a, StaticValue b, SourceSpan span)
    {
        if (a.IsScalar || b.IsScalar)
        {
            Report(DmlErrors.OperandTypes, span, "%*%", $"{a.Describe()} and {b.Describe()}");
        }
        else if (a.IsMatrix && b.IsMatrix && a.Columns >= 0 && b.Rows >= 0 && a.Columns != b.Rows)
        {
            Report(DmlErrors.SizesMultiply, span, a.Size, b.Size, a.Columns, b.Rows);
        }

        return StaticValue.Matrix(a.IsMatrix ? a.Rows : -1, b.IsMatrix ? b.Columns : -1);
    }

    private StaticValue Scalars(BinaryOperator op, StaticValue a, StaticValue b, SourceSpan span)
    {
        bool arithmetic = OperatorNames.IsArithmetic(op);
        bool text = a.IsText || b.IsText;
        bool isBoolean = a.Value == ValueKind.Boolean != (b.Value == ValueKind.Boolean) && a.Value != ValueKind.Unknown && b.Value != ValueKind.Unknown;
        bool integers = a.Value == ValueKind.Integer && b.Value == ValueKind.Integer;
        if ((text && !OperatorNames.IsComparison(op) && op != BinaryOperator.Plus)
            || (arithmetic && isBoolean && !text)
            || (op is BinaryOperator.And or BinaryOperator.Or && integers))
        {
            Report(DmlErrors.OperandTypes, span, OperatorNames.Of(op), $"{a.Describe()} and {b.Describe()}");
            return StaticValue.Scalar(ValueKind.Unknown);
        }

        if (!text && a.Constant is { } x && b.Constant is { } y)
        {
            try
            {
                return StaticValue.Of(ScalarOperations.Binary(OperatorNames.Of(op), x, y, static s => s.AsString()));
            }
            catch (ArithmeticException)
            {
                Report(SemanticErrors.IntegerOverflow, span, OperatorNames.Of(op), x.AsInteger(), y.AsInteger());
                return StaticValue.Scalar(ValueKind.Integer);
            }
        }

        if (!arithmetic)
        {
            return StaticValue.Scalar(ValueKind.Boolean);
        }

        return StaticValue.Scalar(
            text ? ValueKind.String
            : a.Value == ValueKind.Unknown || b.Value == ValueKind.Unknown ? ValueKind.Unknown
            : integers && op is not (BinaryOperator.Divide or BinaryOperator.Power) ? ValueKind.Integer
            : ValueKind.Double);
    }

    // ---- indexing ----
    private StaticValue Indexed(IndexExpression index)
    {
        StaticValue target = Evaluate(index.Target);
        if (target.IsScalar)
        {
            Report(DmlErrors.IndexTarget, index.Span, target.Describe());
            return StaticValue.Unknown;
        }

        (long rows, long columns) = Index(target, index.Rows, index.Columns, index.Span);
        return target.Data switch
        {
            DataKind.Matrix => StaticValue.Matrix(rows, columns),
            DataKind.Frame => StaticValue.Frame with { Rows = rows, Columns = columns },
            _ => target,
        };
    }

    // Checks the subscripts and gives the size of what they select; -1 for unknown extents.
    private (long Rows, long Columns) Index(StaticValue target, IndexRange rows, IndexRange? columns, SourceSpan span) =>
        (Extent(target, rows, target.Rows, "row", span), columns is null ? target.Columns : Extent(target, columns, target.Columns, "column", span));

    private long Extent(StaticValue target, IndexRange range, long extent, string what, SourceSpan span)
    {
        if (range.IsAll)
        {
            return extent;
        }

        long? lower = Bound(target, range.Lower, extent, what, span);
        if (!range.IsRange)
        {
            return 1;
        }

        long? upper = Bound(target, range.Upper, extent, what, span);
        return lower is { } l && upper is { } u && u >= l ? u - l + 1 : -1;
    }

    private long? Bound(StaticValue target, Expression? expression, long extent, string what, SourceSpan span)
    {
        if (expression is null)
        {
            return null;
        }

        RejectUserFunctions(expression);
        StaticValue value = Evaluate(expression);
        if (value.IsMatrix)
        {
            Report(DmlErrors.IndexMatrix, expression.Span);
            return null;
        }

        bool numbered = target.Data is DataKind.Matrix or DataKind.Frame;
        if (value.Integer is { } position && numbered && (position < 1 || (extent >= 0 && position > extent)))
        {
            Report(DmlErrors.IndexRange, span, what, extent < 0 ? "the end" : extent, position);
        }

        return value.Integer;
    }

    // ---- calls ----
    private IReadOnlyList<StaticValue> Call(CallExpression call)
    {
        if (unit.Resolve(call) is { } function)
        {
            return UserCall(call, function.Declaration);
        }

        if (call.Namespace is null && !Plan.Builtins.IsKnown(call.Name) && BuiltinSignatures.IsKnown(call.Name))
        {
            diagnostics.Report(SemanticErrors.UnsupportedFunction, call.Span, call.Name);
        }

        if (call.Namespace is null && BuiltinSignatures.Find(call.Name) is { } signature)
        {
            return BuiltinCall(call, signature);
        }

        foreach (NamedArgument argument in call.Arguments)
        {
            Evaluate(argument.Value);
        }

        if (call.Namespace is not null || !BuiltinSignatures.IsScriptLevel(call.Name))
        {
            UnknownFunction(call);
        }

        return [StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown, StaticValue.Unknown];
    }

    private void UnknownFunction(CallExpression call)
    {
        string name = call.Namespace is null ? call.Name : $"{call.Namespace}::{call.Name}";
        IEnumerable<string> candidates = call.Namespace is null
            ? unit.Functions.Keys.Concat(unit.Namespaces.SelectMany(n => n.Value.Functions.Keys.Select(f => $"{n.Key}::{f}"))).Concat(BuiltinSignatures.Names)
            : unit.Namespaces.TryGetValue(call.Namespace, out SourceUnit? other)
                ? other.Functions.Keys.Select(f => $"{call.Namespace}::{f}")
                : unit.Namespaces.Keys.Select(n => $"{n}::{call.Name}");
        diagnostics.Report(DmlErrors.UnknownFunction, call.Span, name, Suggestion.Sentence(name, candidates));
    }

    private List<StaticValue> UserCall(CallExpression call, FunctionDeclaration function)
    {
        IReadOnlyList<Parameter> parameters = function.Parameters;
        var given = new bool[parameters.Count];
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            NamedArgument argument = call.Arguments[i];
            StaticValue value = Evaluate(argument.Value);
            int position = argument.Name is null ? i : Enumerable.Range(0, parameters.Count).FirstOrDefault(p => parameters[p].Name == argument.Name, -1);
            if (position < 0)
            {
                diagnostics.Report(DmlErrors.UnknownArgument, argument.Span, call.Name, string.Join(", ", parameters.Select(p => p.Name)), argument.Name);
            }
            else if (position >= parameters.Count)
            {
                diagnostics.Report(DmlErrors.ArgumentCount, call.Span, call.Name, parameters.Count, call.Arguments.Count);
                break;
            }
            else if (given[position])
            {
                diagnostics.Report(SemanticErrors.ArgumentTwice, argument.Span, call.Name, parameters[position].Name);
            }
            else
            {
                given[position] = true;
                if (!Fits(value, parameters[position].Type))
                {
                    Report(DmlErrors.ParameterType, argument.Span, parameters[position].Name, Describe(parameters[position].Type), value.Describe());
                }
            }
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            if (!given[i] && parameters[i].Default is null)
            {
                diagnostics.Report(DmlErrors.MissingArgument, call.Span, call.Name, parameters[i].Name);
            }
        }

        return [.. function.Results.Select(r => StaticValue.Of(r.Type))];
    }
}
