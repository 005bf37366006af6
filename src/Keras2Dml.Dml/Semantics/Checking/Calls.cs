using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>Finds the calls in an expression.</summary>
internal static class Calls
{
    /// <summary>Every call, inner ones after the call whose arguments hold them.</summary>
    public static IEnumerable<CallExpression> In(Expression? expression) => expression switch
    {
        UnaryExpression u => In(u.Operand),
        BinaryExpression b => In(b.Left).Concat(In(b.Right)),
        IndexExpression i => In(i.Target).Concat(In(i.Rows)).Concat(In(i.Columns)),
        BracketList l => l.Items.SelectMany(In),
        CallExpression c => c.Arguments.SelectMany(a => In(a.Value)).Prepend(c),
        _ => [],
    };

    /// <summary>Every call in statements, inner blocks included.</summary>
    public static IEnumerable<CallExpression> In(IReadOnlyList<Statement> statements) => statements.SelectMany(In);

    private static IEnumerable<CallExpression> In(Statement statement) => statement switch
    {
        AssignmentStatement a => In(a.Value).Concat(In(a.Target.Rows)).Concat(In(a.Target.Columns)),
        IfDefStatement i => In(i.Default),
        MultiAssignmentStatement m => In(m.Call),
        CallStatement c => In(c.Call),
        IfStatement b => In(b.Condition).Concat(In(b.Then)).Concat(In(b.Else)),
        WhileStatement w => In(w.Condition).Concat(In(w.Body)),
        ForStatement f => In(f.From).Concat(In(f.To)).Concat(In(f.Step)).Concat(In(f.Body)),
        _ => [],
    };

    public static IEnumerable<CallExpression> In(IndexRange? range) => range is null ? [] : In(range.Lower).Concat(In(range.Upper));
}
