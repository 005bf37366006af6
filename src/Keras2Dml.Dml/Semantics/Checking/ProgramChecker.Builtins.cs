using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <content>Calls of built-in functions.</content>
internal sealed partial class ProgramChecker
{
    private IReadOnlyList<StaticValue> BuiltinCall(CallExpression call, BuiltinSignature signature)
    {
        var given = new CheckedArguments(call, signature, [.. call.Arguments.Select(a => Evaluate(a.Value))]);
        foreach (NamedArgument stray in given.Undeclared)
        {
            diagnostics.Report(SemanticErrors.UndeclaredArgument, stray.Span, call.Name, stray.Name, Suggestion.Sentence(stray.Name!, signature.Parameters.Select(p => p.Name)), signature.Describe());
        }

        if (signature.Style == ArgumentStyle.Named && call.Arguments.FirstOrDefault(a => a.Name is null) is { } unnamed && !(call.Arguments[0] == unnamed && signature.Parameters[0].Name == "target"))
        {
            diagnostics.Report(SemanticErrors.NamesNeeded, unnamed.Span, call.Name, signature.Describe());
            return Results(given);
        }

        int count = call.Arguments.Count;
        if (signature.Style is ArgumentStyle.Positional && (count < signature.Fewest || count > signature.Most))
        {
            diagnostics.Report(SemanticErrors.BuiltinArgumentCount, call.Span, call.Name, signature.Describe(), count);
            return Results(given);
        }

        if (given.Missing is { } missing)
        {
            diagnostics.Report(DmlErrors.MissingArgument, call.Span, call.Name, missing.Name);
            return Results(given);
        }

        if (given.Wrong is { } wrong)
        {
            // What must be text of known type is refused wherever it stands.
            Action<ErrorDefinition, SourceSpan, object?[]> report = wrong.Parameter.Kinds.Contains('T') ? diagnostics.Report : Report;
            report(SemanticErrors.BuiltinArgument, call.Arguments[wrong.Index].Span, [call.Name, wrong.Parameter.Name, wrong.Parameter.Describe(), wrong.Value.Describe()]);
            return Results(given);
        }

        if (BuiltinRules.Problem(given) is { } problem)
        {
            Report(DmlErrors.BuiltinArguments, call.Span, call.Name, problem.Expected, problem.Received);
        }

        return Results(given);
    }

    private static IReadOnlyList<StaticValue> Results(CheckedArguments given) =>
        [.. given.Signature.Results.Select((kind, i) => i == 0 ? BuiltinRules.Result(given, kind) : BuiltinRules.Plain(kind))];
}
