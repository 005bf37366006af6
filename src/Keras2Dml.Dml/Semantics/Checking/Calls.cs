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

    public static IEnumerable<CallExpression> In(IndexRange? range) => range is null ? [] : In(range.Lower).Concat(In(range.Upper));
}
