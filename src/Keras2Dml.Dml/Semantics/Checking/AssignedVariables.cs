using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>Which variables statements assign, inner blocks included.</summary>
internal static class AssignedVariables
{
    public static IEnumerable<string> Of(IReadOnlyList<Statement> statements) => statements.SelectMany(Of).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Statement statement) => statement switch
    {
        IfStatement branch => Of(branch.Then).Concat(Of(branch.Else)),
        WhileStatement loop => Of(loop.Body),
        ForStatement loop => Of(loop.Body).Append(loop.Variable),
        _ => Variables.Assigned(statement),
    };
}
