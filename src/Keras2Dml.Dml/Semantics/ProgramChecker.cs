using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>Checks a loaded script before anything runs: every variable has a value on some path, every function exists, arguments given or defaulted.</summary>
internal sealed class ProgramChecker
{
    private readonly LoadedScript script;
    private readonly DiagnosticBag diagnostics;
    private readonly SourceUnit unit;
    private readonly HashSet<string> assigned = new(StringComparer.Ordinal);

    private ProgramChecker(LoadedScript script, SourceUnit unit, DiagnosticBag diagnostics)
    {
        this.script = script;
        this.unit = unit;
        this.diagnostics = diagnostics;
    }

    public static void Check(LoadedScript script, DiagnosticBag diagnostics)
    {
        new ProgramChecker(script, script.Main, diagnostics).Check(script.Main.File.Statements);
        foreach (UserFunction function in script.Units.SelectMany(u => u.Functions.Values))
        {
            var checker = new ProgramChecker(script, function.Unit, diagnostics);
            checker.assigned.UnionWith(function.Declaration.Parameters.Select(p => p.Name));
            checker.Check(function.Declaration.Body);
            foreach (Parameter result in function.Declaration.Results.Where(r => !checker.assigned.Contains(r.Name)))
            {
                diagnostics.Report(DmlErrors.ResultNotAssigned, result.Span, function.Name, result.Name);
            }
        }
    }

    private void Check(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Check(statement);
        }
    }

    private void Check(Statement statement)
    {
        switch (statement)
        {
            case AssignmentStatement a:
                Check(a.Value);
                Target(a.Target, a.Accumulate);
                break;
            case IfDefStatement i:
                if (script.Argument(i.Argument.Name) is null)
                {
                    Check(i.Default);
                }

                Target(i.Target, false);
                break;
            case MultiAssignmentStatement m:
                Check(m.Call);
                foreach (AssignmentTarget target in m.Targets)
                {
                    Target(target, false);
                }

                break;
            case CallStatement c:
                Check(c.Call);
                break;
            case IfStatement branch:
                Check(branch.Condition);
                Check(branch.Then);
                Check(branch.Else);
                break;
            case WhileStatement loop:
                Check(loop.Condition);
                Check(loop.Body);
                break;
            case ForStatement loop:
                Check(loop.From);
                Check(loop.To);
                Check(loop.Step);
                assigned.Add(loop.Variable);
                Check(loop.Body);
                break;
        }
    }

    private void Target(AssignmentTarget target, bool needsValue)
    {
        if (target.IsIndexed)
        {
            Check(target.Rows!);
            Check(target.Columns);
        }

        if ((target.IsIndexed || needsValue) && !assigned.Contains(target.Name))
        {
            Unknown(target.Name, target.Span);
        }

        assigned.Add(target.Name);
    }

    private void Check(IndexRange? range)
    {
        Check(range?.Lower);
        Check(range?.Upper);
    }

    private void Check(Expression? expression)
    {
        switch (expression)
        {
            case VariableReference v when !assigned.Contains(v.Name):
                Unknown(v.Name, v.Span);
                break;
            case CommandLineArgument a when script.Argument(a.Name) is null:
                diagnostics.Report(DmlErrors.MissingCommandLineArgument, a.Span, a.Name);
                break;
            case UnaryExpression u:
                Check(u.Operand);
                break;
            case BinaryExpression b:
                for (Expression? left = b; left is BinaryExpression binary; left = binary.Left)
                {
                    Check(binary.Right);
                    if (binary.Left is not BinaryExpression)
                    {
                        Check(binary.Left);
                    }
                }

                break;
            case IndexExpression i:
                Check(i.Target);
                Check(i.Rows);
                Check(i.Columns);
                break;
            case BracketList l:
                foreach (Expression item in l.Items)
                {
                    Check(item);
                }

                break;
            case CallExpression c:
                Check(c);
                break;
        }
    }

    private void Check(CallExpression call)
    {
        if (unit.Resolve(call) is null && (call.Namespace is not null || !Builtins.IsKnown(call.Name)))
        {
            IEnumerable<string> candidates = call.Namespace is null
                ? Builtins.Names.Concat(unit.Functions.Keys)
                : unit.Namespaces.TryGetValue(call.Namespace, out SourceUnit? other) ? other.Functions.Keys.Select(f => $"{call.Namespace}::{f}") : unit.Namespaces.Keys.Select(n => $"{n}::{call.Name}");
            string name = call.Namespace is null ? call.Name : $"{call.Namespace}::{call.Name}";
            diagnostics.Report(DmlErrors.UnknownFunction, call.Span, name, Suggestion.Sentence(name, candidates));
        }

        // exists("x") and the like name variables by text; everything else is an expression.
        foreach (NamedArgument argument in call.Arguments)
        {
            Check(argument.Value);
        }
    }

    private void Unknown(string name, SourceSpan span)
    {
        diagnostics.Report(DmlErrors.UnknownVariable, span, name, Suggestion.Sentence(name, assigned));
        assigned.Add(name);
    }
}
