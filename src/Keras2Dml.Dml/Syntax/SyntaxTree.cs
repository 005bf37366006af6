namespace Keras2Dml.Dml.Syntax;

/// <summary>A place in a script: 1-based line and column of the first character, and the length in characters.</summary>
internal readonly record struct SourceSpan(string File, int Line, int Column, int Length);

/// <summary>A parsed file: its functions, sourced files and top-level statements in order.</summary>
internal sealed record ScriptFile(string Path, string Text, IReadOnlyList<Statement> Statements, IReadOnlyList<FunctionDeclaration> Functions, IReadOnlyList<SourceStatement> Sources);

/// <summary>Declared type of a parameter or result.</summary>
/// <param name="Data">Scalar, matrix, frame or list.</param>
/// <param name="Value">Value type of a scalar (or of the cells).</param>
internal readonly record struct DeclaredType(DataKind Data, ValueKind Value);

/// <summary>The closed set of data types.</summary>
internal enum DataKind { Scalar, Matrix, Frame, List, Unknown }

/// <summary>Value types of scalars.</summary>
internal enum ValueKind { Double, Integer, Boolean, String, Unknown }

internal sealed record Parameter(string Name, DeclaredType Type, Expression? Default, SourceSpan Span);

internal sealed record FunctionDeclaration(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Parameter> Results, IReadOnlyList<Statement> Body, SourceSpan Span);

// ---- statements ----
internal abstract record Statement(SourceSpan Span);

/// <summary><c>source("path") as name</c>.</summary>
internal sealed record SourceStatement(string Path, string Namespace, SourceSpan Span) : Statement(Span);

/// <summary><c>setwd("path")</c>.</summary>
internal sealed record SetWorkingDirectoryStatement(string Path, SourceSpan Span) : Statement(Span);

/// <summary><c>target = value</c>, or <c>target += value</c> when <paramref name="Accumulate"/>.</summary>
internal sealed record AssignmentStatement(AssignmentTarget Target, Expression Value, bool Accumulate, SourceSpan Span) : Statement(Span);

/// <summary><c>x = ifdef($p, default)</c>.</summary>
internal sealed record IfDefStatement(AssignmentTarget Target, CommandLineArgument Argument, Expression Default, SourceSpan Span) : Statement(Span);

/// <summary><c>[a, b] = f(...)</c>.</summary>
internal sealed record MultiAssignmentStatement(IReadOnlyList<AssignmentTarget> Targets, CallExpression Call, SourceSpan Span) : Statement(Span);

/// <summary>A call for its effect: user function, print, stop, assert, write.</summary>
internal sealed record CallStatement(CallExpression Call, SourceSpan Span) : Statement(Span);

internal sealed record IfStatement(Expression Condition, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else, SourceSpan Span) : Statement(Span);

internal sealed record WhileStatement(Expression Condition, IReadOnlyList<Statement> Body, SourceSpan Span) : Statement(Span);

/// <summary><c>for</c> or <c>parfor</c>; <paramref name="Step"/> is null for <c>a:b</c> and two-argument <c>seq</c>.</summary>
internal sealed record ForStatement(string Variable, Expression From, Expression To, Expression? Step, IReadOnlyList<Statement> Body, bool Parallel, IReadOnlyList<NamedArgument> Options, SourceSpan Span) : Statement(Span);

/// <summary>A variable, possibly with an index: <c>X</c>, <c>X[r, c]</c>, <c>L["k"]</c>.</summary>
internal sealed record AssignmentTarget(string Name, IndexRange? Rows, IndexRange? Columns, SourceSpan Span)
{
    public bool IsIndexed => Rows is not null;
}

/// <summary>One subscript: <c>a</c>, <c>a:b</c> or empty (both null). <see cref="IsRange"/> tells <c>a:b</c> from <c>a</c>.</summary>
internal sealed record IndexRange(Expression? Lower, Expression? Upper, bool IsRange)
{
    public bool IsAll => Lower is null && Upper is null;
}

// ---- expressions ----
internal abstract record Expression(SourceSpan Span);

internal sealed record IntegerLiteral(long Value, SourceSpan Span) : Expression(Span);

internal sealed record DoubleLiteral(double Value, SourceSpan Span) : Expression(Span);

internal sealed record StringLiteral(string Value, SourceSpan Span) : Expression(Span);

internal sealed record BooleanLiteral(bool Value, SourceSpan Span) : Expression(Span);

/// <summary><c>$name</c> or <c>$1</c>; the name without the dollar sign.</summary>
internal sealed record CommandLineArgument(string Name, SourceSpan Span) : Expression(Span);

internal sealed record VariableReference(string Name, SourceSpan Span) : Expression(Span);

/// <summary><c>X[r, c]</c>; <paramref name="Columns"/> is null for one subscript (a list).</summary>
internal sealed record IndexExpression(Expression Target, IndexRange Rows, IndexRange? Columns, SourceSpan Span) : Expression(Span);

internal enum UnaryOperator { Minus, Plus, Not }

internal sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, SourceSpan Span) : Expression(Span);

internal enum BinaryOperator
{
    Power, MatrixMultiply, IntegerDivide, Modulus, Multiply, Divide, Plus, Minus,
    Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual, And, Or,
}

internal sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <summary>An argument; <paramref name="Name"/> is null when given by position.</summary>
internal sealed record NamedArgument(string? Name, Expression Value, SourceSpan Span);

/// <summary><c>f(...)</c> or <c>ns::f(...)</c>; <paramref name="Namespace"/> is null without prefix.</summary>
internal sealed record CallExpression(string? Namespace, string Name, IReadOnlyList<NamedArgument> Arguments, SourceSpan Span) : Expression(Span);

/// <summary><c>[e1, e2]</c> as an argument value.</summary>
internal sealed record BracketList(IReadOnlyList<Expression> Items, SourceSpan Span) : Expression(Span);
