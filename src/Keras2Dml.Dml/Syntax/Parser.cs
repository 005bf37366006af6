using System.Globalization;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Dml.Syntax;

/// <summary>Recursive-descent parser of statements; expressions are in the other part. After an error it goes on at the next statement.</summary>
internal sealed partial class Parser
{
    private const int DeepestNesting = 250;
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "source", "as", "setwd", "ifdef", "if", "else", "for", "parfor", "in", "while", "function", "externalFunction", "return", "implemented", "TRUE", "FALSE",
        "int", "integer", "string", "boolean", "double", "unknown", "Int", "Integer", "String", "Boolean", "Double", "Unknown",
    };

    private readonly string file;
    private readonly string text;
    private readonly DiagnosticBag diagnostics;
    private readonly List<Token> tokens;
    private int position;
    private int depth;

    private Parser(string file, string text, DiagnosticBag diagnostics)
    {
        this.file = file;
        this.text = text;
        this.diagnostics = diagnostics;
        tokens = new Lexer(file, text, diagnostics).Read();
    }

    /// <summary>Parses a file; problems go to the bag.</summary>
    public static ScriptFile Parse(string file, string text, DiagnosticBag diagnostics)
    {
        diagnostics.AddSource(file, text);
        return new Parser(file, text, diagnostics).ReadFile();
    }

    private Token Current => tokens[position];

    private ScriptFile ReadFile()
    {
        var statements = new List<Statement>();
        var functions = new List<FunctionDeclaration>();
        var sources = new List<SourceStatement>();
        while (Current.Kind != TokenKind.End && !diagnostics.IsFull)
        {
            int start = position;
            try
            {
                if (IsFunctionDeclaration())
                {
                    functions.Add(ReadFunction());
                }
                else
                {
                    Statement statement = ReadStatement();
                    statements.Add(statement);
                    if (statement is SourceStatement source)
                    {
                        sources.Add(source);
                    }
                }
            }
            catch (SyntaxException)
            {
                depth = 0;
                Recover(start);
            }
        }

        return new ScriptFile(file, text, statements, functions, sources);
    }

    // After an error: to the next token that starts a line, or to the end of the block, at least one token on.
    private void Recover(int start)
    {
        if (position == start && Current.Kind != TokenKind.End)
        {
            position++;
        }

        int line = tokens[Math.Max(0, position - 1)].Line;
        for (int open = 0; Current.Kind != TokenKind.End && Current.Line == line; position++)
        {
            if (IsSymbol("{"))
            {
                open++;
            }
            else if (IsSymbol("}") && --open < 0)
            {
                return;
            }
        }
    }

    private bool IsFunctionDeclaration() => Current.Kind == TokenKind.Identifier && Peek(1) is { Kind: TokenKind.Symbol, Text: "=" or "<-" } && Peek(2) is { Kind: TokenKind.Identifier, Text: "function" or "externalFunction" };

    private FunctionDeclaration ReadFunction()
    {
        Token name = Next();
        Next();
        Next();
        List<Parameter> parameters = ReadParameters();
        List<Parameter> results = [];
        if (IsName("return"))
        {
            Next();
            results = ReadParameters();
        }

        Token open = Current;
        int before = diagnostics.Problems.Count;
        IReadOnlyList<Statement> body = ReadBlock(requireBraces: true);
        if (body.Count == 0 && diagnostics.Problems.Count == before)
        {
            throw Error(DmlErrors.EmptyFunction, open, name.Text);
        }

        Skip(";");
        return new FunctionDeclaration(name.Text, parameters, results, body, SpanOf(name));
    }

    private List<Parameter> ReadParameters()
    {
        Expect("(");
        var parameters = new List<Parameter>();
        while (!IsSymbol(")"))
        {
            DeclaredType type = ReadType();
            Token name = ExpectName();
            Expression? @default = null;
            if (IsSymbol("="))
            {
                Next();
                @default = ReadExpression();
            }

            parameters.Add(new Parameter(name.Text, type, @default, SpanOf(name)));
            if (!IsSymbol(")"))
            {
                Expect(",");
            }
        }

        Next();
        return parameters;
    }

    private DeclaredType ReadType()
    {
        Token token = Current;
        if (token.Kind != TokenKind.Identifier)
        {
            throw Error(DmlErrors.ExpectedType, token, Describe(token));
        }

        Next();
        string name = char.ToLowerInvariant(token.Text[0]) + token.Text[1..];
        DataKind? data = name switch { "matrix" => DataKind.Matrix, "frame" => DataKind.Frame, "list" => DataKind.List, "scalar" => DataKind.Scalar, _ => null };
        if (data is null)
        {
            return new DeclaredType(DataKind.Scalar, ValueOf(name) ?? throw Error(DmlErrors.ExpectedType, token, Describe(token)));
        }

        ValueKind value = data == DataKind.Matrix ? ValueKind.Double : ValueKind.Unknown;
        if (IsSymbol("["))
        {
            Next();
            Token inner = ExpectName(allowReserved: true);
            value = ValueOf(char.ToLowerInvariant(inner.Text[0]) + inner.Text[1..]) ?? throw Error(DmlErrors.ExpectedType, inner, Describe(inner));
            if (data == DataKind.Matrix && value != ValueKind.Double)
            {
                throw Error(DmlErrors.MatrixOfDoubles, inner, Describe(inner));
            }

            Expect("]");
        }

        return new DeclaredType(data.Value, value);
    }

    private static ValueKind? ValueOf(string name) => name switch
    {
        "int" or "integer" => ValueKind.Integer,
        "double" => ValueKind.Double,
        "boolean" => ValueKind.Boolean,
        "string" => ValueKind.String,
        "unknown" => ValueKind.Unknown,
        _ => null,
    };

    private Token Next() => tokens[position].Kind == TokenKind.End ? tokens[position] : tokens[position++];

    private Token Peek(int distance) => tokens[Math.Min(position + distance, tokens.Count - 1)];

    private bool IsSymbol(string symbol) => Current.Kind == TokenKind.Symbol && Current.Text == symbol;

    private bool IsName(string name) => Current.Kind == TokenKind.Identifier && Current.Text == name;

    private bool Skip(string symbol)
    {
        if (IsSymbol(symbol))
        {
            position++;
            return true;
        }

        return false;
    }

    private void Expect(string symbol)
    {
        if (!Skip(symbol))
        {
            throw Error(DmlErrors.ExpectedSymbol, Current, symbol, Describe(Current));
        }
    }

    private Token ExpectKind(TokenKind kind) => Current.Kind == kind ? Next() : throw Error(DmlErrors.ExpectedSymbol, Current, kind == TokenKind.String ? "a string" : "a $ argument", Describe(Current));

    private Token ExpectName(bool allowReserved = false) => Current.Kind == TokenKind.Identifier && (allowReserved || !Reserved.Contains(Current.Text))
        ? Next()
        : throw Error(DmlErrors.ExpectedName, Current, Describe(Current));

    private void Enter()
    {
        if (++depth > DeepestNesting)
        {
            throw Error(DmlErrors.NestingTooDeep, Current, DeepestNesting);
        }
    }

    private SourceSpan SpanOf(Token token) => new(file, token.Line, token.Column, token.Length);

    private static string Describe(Token token) => token.Kind switch
    {
        TokenKind.End => "the end of the file",
        TokenKind.String => "a string",
        _ => $"'{token.Text}'",
    };

    private SyntaxException Error(ErrorDefinition definition, Token token, params object?[] arguments)
    {
        diagnostics.Report(definition, SpanOf(token), arguments);
        return new SyntaxException();
    }

    // Unwinds to the recovery point; the problem itself is in the bag.
    private sealed class SyntaxException : Exception;
}
