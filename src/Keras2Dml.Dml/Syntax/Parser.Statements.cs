using System.Globalization;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Dml.Syntax;

/// <summary>Statements.</summary>
internal sealed partial class Parser
{
    private IReadOnlyList<Statement> ReadBlock(bool requireBraces = false)
    {
        if (!IsSymbol("{"))
        {
            return requireBraces ? throw Error(DmlErrors.ExpectedSymbol, Current, "{", Describe(Current)) : [ReadStatement()];
        }

        Next();
        var statements = new List<Statement>();
        Enter();
        while (!IsSymbol("}"))
        {
            if (Current.Kind == TokenKind.End)
            {
                throw Error(DmlErrors.ExpectedSymbol, Current, "}", Describe(Current));
            }

            int start = position;
            int outer = depth;
            try
            {
                statements.Add(ReadStatement());
            }
            catch (SyntaxException) when (!diagnostics.IsFull)
            {
                depth = outer;
                Recover(start);
            }
        }

        depth--;
        Next();
        return statements;
    }

    private Statement ReadStatement()
    {
        Token start = Current;
        Statement statement;
        switch (start.Text)
        {
            case "if" when start.Kind == TokenKind.Identifier:
                return ReadIf();
            case "while" when start.Kind == TokenKind.Identifier:
                Next();
                Expect("(");
                Expression condition = ReadExpression();
                Expect(")");
                return new WhileStatement(condition, ReadBlock(), SpanOf(start));
            case "for" or "parfor" when start.Kind == TokenKind.Identifier:
                return ReadFor();
            case "source" when start.Kind == TokenKind.Identifier:
                statement = ReadSource();
                break;
            case "setwd" when start.Kind == TokenKind.Identifier:
                Next();
                Expect("(");
                Token folder = ExpectKind(TokenKind.String);
                Expect(")");
                statement = new SetWorkingDirectoryStatement(folder.Text, SpanOf(start));
                break;
            case "[" when start.Kind == TokenKind.Symbol:
                statement = ReadMultiAssignment();
                break;
            default:
                statement = ReadAssignmentOrCall();
                break;
        }

        while (Skip(";"))
        {
        }

        return statement;
    }

    private IfStatement ReadIf()
    {
        Token start = Next();
        Expect("(");
        Expression condition = ReadExpression();
        Expect(")");
        Enter();
        IReadOnlyList<Statement> then = ReadBlock();
        IReadOnlyList<Statement> otherwise = [];
        if (IsName("else"))
        {
            Next();
            otherwise = ReadBlock();
        }

        depth--;
        return new IfStatement(condition, then, otherwise, SpanOf(start));
    }

    private ForStatement ReadFor()
    {
        Token start = Next();
        Expect("(");
        Token variable = ExpectName();
        if (!IsName("in"))
        {
            throw Error(DmlErrors.ExpectedSymbol, Current, "in", Describe(Current));
        }

        Next();
        Expression from = ReadExpression();
        Expression? to = null;
        Expression? step = null;
        if (IsSymbol(":"))
        {
            Next();
            to = ReadExpression();
        }
        else if (from is CallExpression { Name: "seq", Namespace: null, Arguments: { Count: 2 or 3 } arguments })
        {
            from = arguments[0].Value;
            to = arguments[1].Value;
            step = arguments.Count == 3 ? arguments[2].Value : null;
        }
        else
        {
            throw Error(DmlErrors.ExpectedRange, start);
        }

        var options = new List<NamedArgument>();
        while (IsSymbol(","))
        {
            Next();
            Token name = ExpectName();
            Expect("=");
            Token value = Current;
            Expression option = value.Kind == TokenKind.Identifier && !Reserved.Contains(value.Text) ? new StringLiteral(Next().Text, SpanOf(value)) : ReadExpression();
            options.Add(new NamedArgument(name.Text, option, SpanOf(name)));
        }

        Expect(")");
        return new ForStatement(variable.Text, from, to, step, ReadBlock(), start.Text == "parfor", options, SpanOf(start));
    }

    private SourceStatement ReadSource()
    {
        Token start = Next();
        Expect("(");
        Token path = ExpectKind(TokenKind.String);
        Expect(")");
        if (!IsName("as"))
        {
            throw Error(DmlErrors.ExpectedSymbol, Current, "as", Describe(Current));
        }

        Next();
        return new SourceStatement(path.Text, ExpectName().Text, SpanOf(start));
    }

    private MultiAssignmentStatement ReadMultiAssignment()
    {
        Token start = Next();
        var targets = new List<AssignmentTarget>();
        while (true)
        {
            targets.Add(ReadTarget());
            if (IsSymbol("]"))
            {
                break;
            }

            Expect(",");
        }

        Next();
        if (!Skip("=") && !Skip("<-"))
        {
            throw Error(DmlErrors.ExpectedSymbol, Current, "=", Describe(Current));
        }

        Token callStart = Current;
        return ReadExpression() is CallExpression call
            ? new MultiAssignmentStatement(targets, call, SpanOf(start))
            : throw Error(DmlErrors.ExpectedCall, callStart);
    }

    private Statement ReadAssignmentOrCall()
    {
        Token start = Current;
        if (start.Kind != TokenKind.Identifier)
        {
            throw Error(DmlErrors.ExpectedStatement, start, Describe(start));
        }

        if (Peek(1) is { Kind: TokenKind.Symbol, Text: "(" })
        {
            Expression call = ReadExpression();
            return call is CallExpression c ? new CallStatement(c, SpanOf(start)) : throw Error(DmlErrors.ExpectedStatement, start, Describe(start));
        }

        AssignmentTarget target = ReadTarget();
        Token equals = Next();
        if (equals is not { Kind: TokenKind.Symbol, Text: "=" or "<-" or "+=" })
        {
            position--;
            throw Error(DmlErrors.ExpectedSymbol, equals, "=", Describe(equals));
        }

        if (IsName("ifdef"))
        {
            Next();
            Expect("(");
            Token argument = ExpectKind(TokenKind.CommandLineArgument);
            Expect(",");
            Expression @default = ReadExpression();
            Expect(")");
            return new IfDefStatement(target, new CommandLineArgument(argument.Text, SpanOf(argument)), @default, SpanOf(start));
        }

        return new AssignmentStatement(target, ReadExpression(), equals.Text == "+=", SpanOf(start));
    }

    private AssignmentTarget ReadTarget()
    {
        Token name = ExpectName();
        if (!IsSymbol("["))
        {
            return new AssignmentTarget(name.Text, null, null, SpanOf(name));
        }

        (IndexRange rows, IndexRange? columns) = ReadIndex();
        return new AssignmentTarget(name.Text, rows, columns, SpanOf(name));
    }
}
