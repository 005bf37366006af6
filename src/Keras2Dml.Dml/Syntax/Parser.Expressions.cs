using System.Globalization;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Dml.Syntax;

/// <content>Expressions: precedence as in the DML grammar, tightest first ^, unary - +, %*%, %/% %%, * /, + -, comparisons, !, &amp;, |.</content>
internal sealed partial class Parser
{
    // Trees are walked recursively everywhere, so their height is bounded here.
    private const int TallestExpression = 1000;

    // Height of the expression that was read last.
    private int height;

    private Expression ReadExpression()
    {
        Enter();
        Expression result = ReadOr();
        depth--;
        return result;
    }

    private Expression ReadOr() => ReadLeft(ReadAnd, static s => s == "|" ? BinaryOperator.Or : null);

    private Expression ReadAnd() => ReadLeft(ReadNot, static s => s == "&" ? BinaryOperator.And : null);

    private Expression ReadNot()
    {
        if (!IsSymbol("!"))
        {
            return ReadComparison();
        }

        Token token = Next();
        Enter();
        Expression operand = ReadNot();
        depth--;
        Grow(height, token);
        return new UnaryExpression(UnaryOperator.Not, operand, SpanOf(token));
    }

    private Expression ReadComparison() => ReadLeft(ReadSum, static s => s switch
    {
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        _ => null,
    });

    private Expression ReadSum() => ReadLeft(ReadProduct, static s => s == "+" ? BinaryOperator.Plus : s == "-" ? BinaryOperator.Minus : null);

    private Expression ReadProduct() => ReadLeft(ReadModulus, static s => s == "*" ? BinaryOperator.Multiply : s == "/" ? BinaryOperator.Divide : null);

    private Expression ReadModulus() => ReadLeft(ReadMatrixProduct, static s => s == "%%" ? BinaryOperator.Modulus : s == "%/%" ? BinaryOperator.IntegerDivide : null);

    private Expression ReadMatrixProduct() => ReadLeft(ReadUnary, static s => s == "%*%" ? BinaryOperator.MatrixMultiply : null);

    private Expression ReadUnary()
    {
        if (!IsSymbol("-") && !IsSymbol("+"))
        {
            return ReadPower();
        }

        Token token = Next();
        Enter();
        Expression operand = ReadUnary();
        depth--;
        Grow(height, token);
        bool minus = token.Text == "-";
        return operand switch
        {
            IntegerLiteral i when minus => new IntegerLiteral(-i.Value, SpanOf(token)),
            DoubleLiteral d when minus => new DoubleLiteral(-d.Value, SpanOf(token)),
            _ => new UnaryExpression(minus ? UnaryOperator.Minus : UnaryOperator.Plus, operand, SpanOf(token)),
        };
    }

    private Expression ReadPower()
    {
        Expression left = ReadPrimary();
        if (!IsSymbol("^"))
        {
            return left;
        }

        Token token = Next();
        int leftHeight = height;
        Enter();
        Expression right = IsSymbol("-") || IsSymbol("+") ? ReadUnary() : ReadPower();
        depth--;
        Grow(leftHeight, token);
        return new BinaryExpression(BinaryOperator.Power, left, right, SpanOf(token));
    }

    private Expression ReadLeft(Func<Expression> next, Func<string, BinaryOperator?> operatorOf)
    {
        Expression left = next();
        while (Current.Kind == TokenKind.Symbol && operatorOf(Current.Text) is { } op)
        {
            Token token = Next();
            int leftHeight = height;
            left = new BinaryExpression(op, left, next(), SpanOf(token));
            Grow(leftHeight, token);
        }

        if (Current.Kind == TokenKind.Symbol && Current.Text is "&&" or "||")
        {
            throw Error(DmlErrors.ShortCircuit, Current, Current.Text, Current.Text[..1]);
        }

        return left;
    }

    // The height of a node over the expression read last and another one.
    private void Grow(int other, Token token)
    {
        height = Math.Max(height, other) + 1;
        if (height > TallestExpression)
        {
            throw Error(DmlErrors.NestingTooDeep, token, TallestExpression);
        }
    }

    private Expression ReadPrimary()
    {
        Token token = Current;
        height = 1;
        switch (token.Kind)
        {
            case TokenKind.Integer:
                Next();
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long integer)
                    ? new IntegerLiteral(integer, SpanOf(token))
                    : throw Error(DmlErrors.NumberRange, token, token.Text);
            case TokenKind.Double:
                Next();
                return new DoubleLiteral(double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture), SpanOf(token));
            case TokenKind.String:
                Next();
                return new StringLiteral(token.Text, SpanOf(token));
            case TokenKind.CommandLineArgument:
                Next();
                return new CommandLineArgument(token.Text, SpanOf(token));
            case TokenKind.Symbol when token.Text == "(":
                Next();
                Expression inner = ReadExpression();
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                return ReadBracketList();
            case TokenKind.Identifier:
                return ReadName();
            default:
                throw Error(DmlErrors.ExpectedExpression, token, Describe(token));
        }
    }

    private Expression ReadName()
    {
        Token token = Next();
        if (token.Text is "TRUE" or "FALSE")
        {
            return new BooleanLiteral(token.Text == "TRUE", SpanOf(token));
        }

        if (Reserved.Contains(token.Text))
        {
            throw Error(DmlErrors.ExpectedExpression, token, Describe(token));
        }

        if (IsSymbol("("))
        {
            return ReadCall(token);
        }

        return token.Text switch
        {
            "Inf" => new DoubleLiteral(double.PositiveInfinity, SpanOf(token)),
            "NaN" => new DoubleLiteral(double.NaN, SpanOf(token)),
            "pi" => new DoubleLiteral(Math.PI, SpanOf(token)),
            _ => ReadIndexed(new VariableReference(token.Text, SpanOf(token))),
        };
    }

    private CallExpression ReadCall(Token name)
    {
        Next();
        var arguments = new List<NamedArgument>();
        int tallest = 0;
        while (!IsSymbol(")"))
        {
            Token start = Current;
            if (start.Kind == TokenKind.Identifier && Peek(1) is { Kind: TokenKind.Symbol, Text: "=" })
            {
                Next();
                Next();
                arguments.Add(new NamedArgument(start.Text, ReadExpression(), SpanOf(start)));
            }
            else
            {
                arguments.Add(new NamedArgument(null, ReadExpression(), SpanOf(start)));
            }

            tallest = Math.Max(tallest, height);

            if (!IsSymbol(")"))
            {
                Expect(",");
            }
        }

        Next();
        Grow(tallest, name);
        int colons = name.Text.IndexOf("::", StringComparison.Ordinal);
        return colons < 0
            ? new CallExpression(null, name.Text, arguments, SpanOf(name))
            : new CallExpression(name.Text[..colons], name.Text[(colons + 2)..], arguments, SpanOf(name));
    }

    private BracketList ReadBracketList()
    {
        Token start = Next();
        var items = new List<Expression>();
        int tallest = 0;
        while (!IsSymbol("]"))
        {
            items.Add(ReadExpression());
            tallest = Math.Max(tallest, height);
            if (!IsSymbol("]"))
            {
                Expect(",");
            }
        }

        Next();
        Grow(tallest, start);
        return new BracketList(items, SpanOf(start));
    }

    // Only variables take an index. Brackets before an assignment sign are the targets of the next statement.
    private Expression ReadIndexed(VariableReference target)
    {
        if (!IsSymbol("[") || IsTargetList())
        {
            return target;
        }

        Token start = Current;
        (IndexRange rows, IndexRange? columns) = ReadIndex();
        Grow(height, start);
        return new IndexExpression(target, rows, columns, SpanOf(start));
    }

    private bool IsTargetList()
    {
        int open = 0;
        for (int i = position; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != TokenKind.Symbol)
            {
                continue;
            }

            switch (tokens[i].Text)
            {
                case "[":
                    open++;
                    break;
                case "]" when --open == 0:
                    return tokens[i + 1] is { Kind: TokenKind.Symbol, Text: "=" or "<-" };
                case ";" or "{" or "}":
                    return false;
            }
        }

        return false;
    }

    private (IndexRange Rows, IndexRange? Columns) ReadIndex()
    {
        Expect("[");
        IndexRange rows = ReadRange();
        IndexRange? columns = null;
        int tallest = height;
        if (Skip(","))
        {
            columns = ReadRange();
            tallest = Math.Max(tallest, height);
        }

        Expect("]");
        height = tallest;
        return (rows, columns);
    }

    private IndexRange ReadRange()
    {
        if (IsSymbol(",") || IsSymbol("]"))
        {
            return new IndexRange(null, null, IsRange: true);
        }

        Expression lower = ReadExpression();
        if (!Skip(":"))
        {
            return new IndexRange(lower, null, IsRange: false);
        }

        int lowerHeight = height;
        var range = new IndexRange(lower, ReadExpression(), IsRange: true);
        height = Math.Max(height, lowerHeight);
        return range;
    }
}
