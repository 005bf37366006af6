using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <content>Expressions to nodes.</content>
internal sealed partial class SegmentBuilder
{
    /// <summary>The node of an expression.</summary>
    public Node Expression(Expression expression)
    {
        switch (expression)
        {
            case IntegerLiteral i:
                return graph.Integer(i.Value);
            case DoubleLiteral d:
                return graph.Constant(Scalar.Of(d.Value));
            case StringLiteral s:
                return graph.Constant(Scalar.Of(s.Value));
            case BooleanLiteral b:
                return graph.Boolean(b.Value);
            case CommandLineArgument a:
                return graph.Constant(program.Script.Argument(a.Name) ?? throw DmlErrors.MissingCommandLineArgument.At(Graph.Where(a.Span), a.Name));
            case VariableReference v:
                return Variable(v.Name, v.Span);
            case UnaryExpression u:
                return Unary(u);
            case BinaryExpression b:
                return Binary(b);
            case IndexExpression i:
                return Index(Expression(i.Target), i.Rows, i.Columns, i.Span);
            case CallExpression c:
                return Builtins.Lower(new BuiltinCall(this, c));
            case BracketList l:
                throw DmlErrors.BracketList.At(Graph.Where(l.Span));
            default:
                throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}.");
        }
    }

    private Node Unary(UnaryExpression unary)
    {
        Node operand = Expression(unary.Operand);
        return unary.Operator switch
        {
            UnaryOperator.Plus => operand,
            UnaryOperator.Minus => graph.Cellwise("negate", unary.Span, operand),
            _ => graph.Cellwise("!", unary.Span, operand),
        };
    }

    private Node Binary(BinaryExpression binary)
    {
        Node left = Expression(binary.Left);
        Node right = Expression(binary.Right);
        if (binary.Operator == BinaryOperator.MatrixMultiply)
        {
            return Multiply(left, right, binary.Span);
        }

        string name = OperatorNames.Of(binary.Operator);
        return left.Facts.Data == DataKind.Frame && right.Facts.Data == DataKind.Frame
            ? graph.Operation("frame.compare", [left, right, graph.Constant(Scalar.Of(name))], ValueFacts.Unknown with { Data = DataKind.Frame }, binary.Span)
            : graph.Cellwise(name, binary.Span, left, right);
    }

    private Node Multiply(Node left, Node right, SourceSpan span)
    {
        foreach (Node side in new[] { left, right })
        {
            if (side.Facts.Data is DataKind.Scalar or DataKind.List or DataKind.Frame)
            {
                throw DmlErrors.OperandTypes.At(Graph.Where(span), "%*%", $"{Graph.Describe(left)} and {Graph.Describe(right)}");
            }
        }

        if (left.Facts.Size.Columns >= 0 && right.Facts.Size.Rows >= 0 && left.Facts.Size.Columns != right.Facts.Size.Rows)
        {
            throw DmlErrors.SizesMultiply.At(Graph.Where(span), SizeText(left.Facts.Size), SizeText(right.Facts.Size), left.Facts.Size.Columns, right.Facts.Size.Rows);
        }

        return graph.Matrix("matrixmultiply", span, left, right, graph.Boolean(false), graph.Boolean(false));
    }

    private static string SizeText(Size size) => $"{(size.Rows < 0 ? "?" : size.Rows)}x{(size.Columns < 0 ? "?" : size.Columns)}";

    private Node Index(Node target, IndexRange rows, IndexRange? columns, SourceSpan span)
    {
        if (target.Facts.Data == DataKind.List || (columns is null && target.Facts.Data == DataKind.Unknown))
        {
            Node first = rows.Lower is null ? graph.Integer(1) : Expression(rows.Lower);
            Node last = rows.IsRange ? rows.Upper is null ? graph.Operation("length", [target], ValueFacts.Scalar(ValueKind.Integer), span) : Expression(rows.Upper) : first;
            return graph.Operation("list.index", [target, first, last], ValueFacts.Unknown with { Data = DataKind.List }, span);
        }

        // One subscript of a matrix or frame selects rows.
        if (target.Facts.Data is DataKind.Matrix or DataKind.Frame)
        {
            columns ??= new IndexRange(null, null, IsRange: true);
        }

        if (target.Facts.Data == DataKind.Frame)
        {
            (Node a, Node b, Node c, Node d) = (Bound(rows, false), Bound(rows, true), Bound(columns!, false), Bound(columns!, true));
            return graph.Operation("frame.index", [target, a, b, c, d], ValueFacts.Unknown with { Data = DataKind.Frame }, span);
        }

        if (target.Facts.IsScalar || columns is null)
        {
            throw DmlErrors.IndexTarget.At(Graph.Where(span), Graph.Describe(target));
        }

        Node rowLower = Bound(rows, false);
        Node rowUpper = Bound(rows, true);
        Node columnLower = Bound(columns, false);
        Node columnUpper = Bound(columns, true);
        if (target.Facts.Size is { IsKnown: true } size)
        {
            CheckBounds(rowLower, rowUpper, size.Rows, "row", span);
            CheckBounds(columnLower, columnUpper, size.Columns, "column", span);
        }

        Node[] inputs = [target, rowLower, rowUpper, columnLower, columnUpper];
        InputFacts[] facts = [.. inputs.Select(i => i.InputFacts)];
        Size known = SizeRules.Index(facts);
        Size whole = target.Facts.IsMatrix ? target.Facts.Size : Size.Unknown;
        Size result = new(
            rows.IsRange ? rows.IsAll ? whole.Rows : known.Rows >= 0 ? known.Rows : Affine.Extent(rowLower, rowUpper) : 1,
            columns.IsRange ? columns.IsAll ? whole.Columns : known.Columns >= 0 ? known.Columns : Affine.Extent(columnLower, columnUpper) : 1);
        return graph.Operation("index", inputs, ValueFacts.Matrix(result), span);
    }

    private static void CheckBounds(Node lower, Node upper, int extent, string side, SourceSpan span)
    {
        foreach (Node bound in new[] { lower, upper })
        {
            if (bound.IsConstant && bound.Constant.AsInteger() is var value && (value < 0 || value > extent))
            {
                throw DmlErrors.IndexRange.At(Graph.Where(span), side, extent, value);
            }
        }
    }

    // An open side is 0; a single subscript is both bounds.
    private Node Bound(IndexRange range, bool upper)
    {
        if (range.IsAll)
        {
            return graph.Integer(0);
        }

        Expression? expression = range.IsRange && upper ? range.Upper : range.Lower;
        if (expression is null)
        {
            return graph.Integer(0);
        }

        Node node = Expression(expression);
        if (node.Facts.IsMatrix)
        {
            throw DmlErrors.IndexMatrix.At(Graph.Where(expression.Span));
        }

        // 0 stands for an open side, so a written 0 must not pass.
        return node.IsConstant && node.Constant.AsInteger() < 1
            ? throw DmlErrors.IndexRange.At(Graph.Where(expression.Span), upper ? "upper" : "lower", "the size", node.Constant.AsInteger())
            : Positive(node.Facts.Value == ValueKind.Integer ? node : Builtins.CastScalar(graph, "as.integer", node, expression.Span), expression.Span);
    }

    // What is only known at run time is checked there: 0 would mean an open side.
    private Node Positive(Node index, SourceSpan span) => index.IsConstant ? index : graph.Operation("index.check", [index], ValueFacts.Scalar(ValueKind.Integer), span);

    private Node LeftIndex(AssignmentTarget target, Node value)
    {
        Node old = Variable(target.Name, target.Span);
        if (target.Columns is null || old.Facts.Data == DataKind.List)
        {
            Node key = target is { Columns: null, Rows.Lower: { } position } ? Expression(position) : throw DmlErrors.ListPosition.At(Graph.Where(target.Span), target.Name);
            return graph.Operation("list.set", [old, key, value], ValueFacts.Unknown with { Data = DataKind.List }, target.Span);
        }

        Node[] bounds = [Bound(target.Rows!, false), Bound(target.Rows!, true), Bound(target.Columns, false), Bound(target.Columns, true)];
        if (old.Facts.Data == DataKind.Frame)
        {
            return graph.Operation("frame.set", [old, value, .. bounds], ValueFacts.Unknown with { Data = DataKind.Frame }, target.Span);
        }

        bool isOneCell = !((target.Rows!.IsAll && old.Facts.Size.Rows > 1) || (target.Columns.IsAll && old.Facts.Size.Columns > 1));
        if (value.Facts is { IsScalar: true, Value: ValueKind.String } || (value.Facts.IsScalar && old.Facts.IsMatrix && !isOneCell))
        {
            throw DmlErrors.OperandTypes.At(Graph.Where(target.Span), "[ ] =", $"{Graph.Describe(value)} for a range of {Graph.Describe(old)}");
        }

        return graph.Matrix("leftindex", target.Span, [old, value, .. bounds]);
    }
}
