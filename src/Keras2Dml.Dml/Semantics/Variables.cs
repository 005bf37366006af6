using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>Which variables straight statements use and assign.</summary>
internal static class Variables
{
    /// <summary>Variables that get a new value.</summary>
    public static IEnumerable<string> Assigned(Statement statement) => statement switch
    {
        AssignmentStatement a => [a.Target.Name],
        IfDefStatement i => [i.Target.Name],
        MultiAssignmentStatement m => m.Targets.Select(t => t.Name),
        _ => [],
    };

    /// <summary>Variables whose value is needed; an indexed or accumulating target needs its own old value.</summary>
    public static IEnumerable<string> Used(Statement statement) => statement switch
    {
        AssignmentStatement a => Of(a.Value).Concat(Of(a.Target)).Concat(a.Accumulate ? [a.Target.Name] : []),
        IfDefStatement i => Of(i.Default).Concat(Of(i.Target)),
        MultiAssignmentStatement m => Of(m.Call).Concat(m.Targets.SelectMany(Of)),
        CallStatement c => Of(c.Call),
        _ => [],
    };

    private static IEnumerable<string> Of(AssignmentTarget target) => target.IsIndexed ? Of(target.Rows).Concat(Of(target.Columns)).Append(target.Name) : [];

    private static IEnumerable<string> Of(IndexRange? range) => range is null ? [] : Of(range.Lower).Concat(Of(range.Upper));

    /// <summary>Variables in an expression.</summary>
    public static IEnumerable<string> Of(Expression? expression) => expression switch
    {
        VariableReference v => [v.Name],
        UnaryExpression u => Of(u.Operand),
        BinaryExpression b => Of(b.Left).Concat(Of(b.Right)),
        IndexExpression i => Of(i.Target).Concat(Of(i.Rows)).Concat(Of(i.Columns)),
        CallExpression c => c.Arguments.SelectMany(a => Of(a.Value)),
        BracketList l => l.Items.SelectMany(Of),
        _ => [],
    };
}
