using System.Globalization;
using System.Text;

namespace Keras2Dml.Dml.Syntax;

/// <summary>A syntax tree as text: one line a statement, blocks indented, every operator in parentheses.</summary>
internal static class SyntaxText
{
    /// <summary>A whole file.</summary>
    public static string Of(ScriptFile file)
    {
        var text = new StringBuilder();
        foreach (FunctionDeclaration function in file.Functions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{function.Name} = function({Parameters(function.Parameters)}) return ({Parameters(function.Results)})\n");
            Append(text, function.Body, 1);
        }

        Append(text, file.Statements, 0);
        return text.ToString();
    }

    /// <summary>An expression.</summary>
    public static string Of(Expression expression) => expression switch
    {
        IntegerLiteral i => i.Value.ToString(CultureInfo.InvariantCulture),
        DoubleLiteral d => d.Value.ToString("R", CultureInfo.InvariantCulture),
        StringLiteral s => Quoted(s.Value),
        BooleanLiteral b => b.Value ? "TRUE" : "FALSE",
        CommandLineArgument a => "$" + a.Name,
        VariableReference v => v.Name,
        IndexExpression i => $"{Of(i.Target)}[{Subscripts(i.Rows, i.Columns)}]",
        UnaryExpression u => $"({u.Operator switch { UnaryOperator.Minus => "-", UnaryOperator.Plus => "+", _ => "!" }}{Of(u.Operand)})",
        BinaryExpression b => $"({Of(b.Left)} {OperatorNames.Of(b.Operator)} {Of(b.Right)})",
        CallExpression c => $"{(c.Namespace is null ? string.Empty : c.Namespace + "::")}{c.Name}({string.Join(", ", c.Arguments.Select(a => a.Name is null ? Of(a.Value) : $"{a.Name}={Of(a.Value)}"))})",
        BracketList l => $"[{string.Join(", ", l.Items.Select(Of))}]",
        _ => throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}."),
    };

    private static void Append(StringBuilder text, IReadOnlyList<Statement> statements, int depth)
    {
        foreach (Statement statement in statements)
        {
            text.Append(' ', depth * 2).Append(Head(statement)).Append('\n');
            switch (statement)
            {
                case IfStatement branch:
                    Append(text, branch.Then, depth + 1);
                    if (branch.Else.Count > 0)
                    {
                        text.Append(' ', depth * 2).Append("else\n");
                        Append(text, branch.Else, depth + 1);
                    }

                    break;
                case WhileStatement loop:
                    Append(text, loop.Body, depth + 1);
                    break;
                case ForStatement loop:
                    Append(text, loop.Body, depth + 1);
                    break;
            }
        }
    }

    private static string Head(Statement statement) => statement switch
    {
        SourceStatement s => $"source({Quoted(s.Path)}) as {s.Namespace}",
        SetWorkingDirectoryStatement s => $"setwd({Quoted(s.Path)})",
        AssignmentStatement a => $"{Target(a.Target)} {(a.Accumulate ? "+=" : "=")} {Of(a.Value)}",
        IfDefStatement i => $"{Target(i.Target)} = ifdef(${i.Argument.Name}, {Of(i.Default)})",
        MultiAssignmentStatement m => $"[{string.Join(", ", m.Targets.Select(Target))}] = {Of(m.Call)}",
        CallStatement c => Of(c.Call),
        IfStatement i => $"if {Of(i.Condition)}",
        WhileStatement w => $"while {Of(w.Condition)}",
        ForStatement f => $"{(f.Parallel ? "parfor" : "for")} {f.Variable} in {Of(f.From)} : {Of(f.To)}{(f.Step is null ? string.Empty : $" step {Of(f.Step)}")}",
        _ => throw new InvalidOperationException($"Unknown statement {statement.GetType().Name}."),
    };

    private static string Target(AssignmentTarget target) => target.IsIndexed ? $"{target.Name}[{Subscripts(target.Rows!, target.Columns)}]" : target.Name;

    private static string Subscripts(IndexRange rows, IndexRange? columns) => columns is null ? Subscript(rows) : $"{Subscript(rows)}, {Subscript(columns)}";

    private static string Subscript(IndexRange range) => range.IsAll ? string.Empty
        : range.IsRange ? $"{(range.Lower is null ? string.Empty : Of(range.Lower))}:{(range.Upper is null ? string.Empty : Of(range.Upper))}"
        : Of(range.Lower!);

    private static string Parameters(IReadOnlyList<Parameter> parameters) => string.Join(", ", parameters.Select(p =>
        $"{(p.Type.Data == DataKind.Scalar ? p.Type.Value.ToString().ToLowerInvariant() : p.Type.Data.ToString().ToLowerInvariant())} {p.Name}{(p.Default is null ? string.Empty : $" = {Of(p.Default)}")}"));

    private static string Quoted(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
