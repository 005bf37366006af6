using System.Collections.Frozen;
using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Semantics.Checking;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Dialect;

/// <summary>
/// Finds what Apache SystemDS 3.3 refuses, or reads differently from this engine, in a script and everything it sources. The library and all
/// generated scripts are held to this dialect, so that they run there unmodified.
/// </summary>
/// <remarks>
/// What depends on run-time values is left to runs on SystemDS: vectors to the left of matrices where sizes are unknown, counts of zero in loops,
/// ranges past the end.
/// </remarks>
internal sealed class DialectChecker
{
    private static readonly FrozenSet<string> Newer = new[] { "rowcumsum", "einsum", "getCategoricalMask", "quantize_compress" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Faulty = new[] { "batch_norm2d", "batch_norm2d_backward", "lstm", "lstm_backward" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly SourceUnit unit;
    private readonly DiagnosticBag diagnostics;
    private readonly HashSet<string> lists = new(StringComparer.Ordinal);
    private HashSet<string> assigned = new(StringComparer.Ordinal);
    private int parallelDepth;

    private DialectChecker(SourceUnit unit, DiagnosticBag diagnostics)
    {
        this.unit = unit;
        this.diagnostics = diagnostics;
    }

    /// <summary>Checks a loaded script; findings go to the bag.</summary>
    public static void Check(LoadedScript script, DiagnosticBag diagnostics)
    {
        ProgramChecker.Check(script, diagnostics);
        foreach (SourceUnit source in script.Units)
        {
            CheckCharacters(source.File, diagnostics);
            new DialectChecker(source, diagnostics).Statements(source.File.Statements);
            foreach (UserFunction function in source.Functions.Values)
            {
                new DialectChecker(source, diagnostics).Function(function.Declaration);
            }
        }
    }

    private static void CheckCharacters(ScriptFile file, DiagnosticBag diagnostics)
    {
        var lexer = new Lexer(file.Path, file.Text, new DiagnosticBag());
        lexer.Read();
        foreach (SourceSpan span in lexer.Dropped)
        {
            diagnostics.Report(DialectErrors.DroppedCharacter, span, file.Text.Split('\n')[span.Line - 1][span.Column - 1]);
        }
    }

    private void Function(FunctionDeclaration function)
    {
        foreach (Parameter parameter in function.Parameters)
        {
            assigned.Add(parameter.Name);
            if (parameter.Type.Data == DataKind.List)
            {
                lists.Add(parameter.Name);
            }
        }

        Statements(function.Body);
        foreach (Parameter result in function.Results)
        {
            Use(result.Name, result.Span);
        }
    }

    private void Statements(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Statement(statement);
        }
    }

    private void Statement(Statement statement)
    {
        switch (statement)
        {
            case AssignmentStatement assignment:
                Expression(assignment.Value);
                if (assignment.Accumulate && parallelDepth == 0)
                {
                    diagnostics.Report(DialectErrors.Accumulation, assignment.Span, assignment.Target.Name);
                }

                if (assignment.Value is CallExpression { Namespace: null, Name: "list" })
                {
                    lists.Add(assignment.Target.Name);
                }

                Target(assignment.Target);
                break;
            case IfDefStatement ifdef:
                Expression(ifdef.Default);
                Target(ifdef.Target);
                break;
            case MultiAssignmentStatement multiple:
                Expression(multiple.Call);
                foreach (AssignmentTarget target in multiple.Targets)
                {
                    Target(target);
                }

                break;
            case CallStatement call:
                Expression(call.Call);
                break;
            case IfStatement branch:
                If(branch);
                break;
            case WhileStatement loop:
                Expression(loop.Condition);
                Body(loop.Body, isEntered: false);
                break;
            case ForStatement loop:
                For(loop);
                break;
            case SourceStatement source when source.Path.StartsWith("nn/", StringComparison.Ordinal) || source.Path.StartsWith("scripts/", StringComparison.Ordinal):
                diagnostics.Report(DialectErrors.PackagedSource, source.Span, source.Path);
                break;
            case SetWorkingDirectoryStatement set:
                diagnostics.Report(DialectErrors.WorkingDirectory, set.Span);
                break;
        }
    }

    private void Target(AssignmentTarget target)
    {
        if (target.IsIndexed)
        {
            Range(target.Rows);
            Range(target.Columns);
            Use(target.Name, target.Span);
            if (lists.Contains(target.Name) || target.Rows!.Lower is StringLiteral)
            {
                diagnostics.Report(DialectErrors.ListElement, target.Span, target.Name);
            }
        }

        assigned.Add(target.Name);
    }

    private void If(IfStatement branch)
    {
        Expression(branch.Condition);
        HashSet<string> before = [.. assigned];
        Statements(branch.Then);
        HashSet<string> then = assigned;
        assigned = before;
        Statements(branch.Else);

        // A branch that stops leaves the other one's values.
        if (Stops(branch.Then))
        {
            return;
        }

        if (Stops(branch.Else))
        {
            assigned = then;
        }
        else
        {
            assigned.IntersectWith(then);
        }
    }

    private static bool Stops(IReadOnlyList<Statement> statements) => statements.Any(s => s is CallStatement { Call: { Namespace: null, Name: "stop" } });

    private void For(ForStatement loop)
    {
        Expression(loop.From);
        Expression(loop.To);
        if (loop.Step is not null)
        {
            Expression(loop.Step);
        }

        HashSet<string> before = [.. assigned];
        assigned.Add(loop.Variable);
        parallelDepth += loop.Parallel ? 1 : 0;

        // a:b without a step is entered at least once, upwards or downwards.
        Body(loop.Body, isEntered: loop.Step is null);
        parallelDepth -= loop.Parallel ? 1 : 0;
        if (loop.Parallel)
        {
            assigned = before;
        }
    }

    private void Body(IReadOnlyList<Statement> body, bool isEntered)
    {
        HashSet<string> before = [.. assigned];
        Statements(body);
        if (!isEntered)
        {
            assigned = before;
        }
    }

    private void Range(IndexRange? range)
    {
        if (range?.Lower is not null)
        {
            Expression(range.Lower);
        }

        if (range?.Upper is not null)
        {
            Expression(range.Upper);
        }
    }

    private void Expression(Expression expression)
    {
        switch (expression)
        {
            case VariableReference variable:
                Use(variable.Name, variable.Span);
                break;
            case UnaryExpression unary:
                Expression(unary.Operand);
                break;
            case BinaryExpression binary:
                Expression(binary.Left);
                Expression(binary.Right);
                break;
            case IndexExpression index:
                Expression(index.Target);
                Range(index.Rows);
                Range(index.Columns);
                break;
            case BracketList list:
                foreach (Expression item in list.Items)
                {
                    Expression(item);
                }

                break;
            case CallExpression call:
                Call(call);
                break;
        }
    }

    private void Call(CallExpression call)
    {
        foreach (NamedArgument argument in call.Arguments)
        {
            Expression(argument.Value);
        }

        if (unit.Resolve(call) is { } function)
        {
            UserCall(call, function.Declaration);
            return;
        }

        if (call.Namespace is not null)
        {
            return;
        }

        if (call.Name == "read" && call.Arguments.All(a => a.Name != "format"))
        {
            diagnostics.Report(DialectErrors.ReadFormat, call.Span);
        }

        if (Newer.Contains(call.Name))
        {
            diagnostics.Report(DialectErrors.NewerBuiltin, call.Span, call.Name);
        }

        if (Faulty.Contains(call.Name))
        {
            diagnostics.Report(DialectErrors.FaultyBuiltin, call.Span, call.Name);
        }
    }

    private void UserCall(CallExpression call, FunctionDeclaration function)
    {
        int named = call.Arguments.Count(a => a.Name is not null);
        if (named > 0 && named < call.Arguments.Count)
        {
            diagnostics.Report(DialectErrors.MixedArguments, call.Span, call.Name);
        }

        if (call.Arguments.Count < function.Parameters.Count)
        {
            diagnostics.Report(DialectErrors.OmittedArgument, call.Span, call.Name, function.Parameters.Count, call.Arguments.Count);
        }

        if (call.Namespace is null && BuiltinSignatures.IsScriptLevel(call.Name))
        {
            diagnostics.Report(DialectErrors.BuiltinName, call.Span, call.Name);
        }
    }

    private void Use(string name, SourceSpan span)
    {
        if (!assigned.Contains(name) && !diagnostics.Problems.Any(p => p.Definition == DmlErrors.UnknownVariable && p.Message.Contains($"'{name}'", StringComparison.Ordinal)))
        {
            diagnostics.Report(DialectErrors.MayBeUnassigned, span, name);
            assigned.Add(name);
        }
    }
}
