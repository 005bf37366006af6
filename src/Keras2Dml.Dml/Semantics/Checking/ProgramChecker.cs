using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>
/// Checks a loaded script before anything runs: names, functions and their arguments, data types, sizes that are known, parallel loops.
/// All problems are reported together. What is only known while the script runs is left to the run; so are sizes and types inside
/// branches and loops, which may never be reached.
/// </summary>
internal sealed partial class ProgramChecker
{
    private readonly LoadedScript script;
    private readonly DiagnosticBag diagnostics;
    private readonly SourceUnit unit;
    private Dictionary<string, StaticValue> variables = new(StringComparer.Ordinal);
    private int conditional;

    private ProgramChecker(LoadedScript script, SourceUnit unit, DiagnosticBag diagnostics)
    {
        this.script = script;
        this.unit = unit;
        this.diagnostics = diagnostics;
    }

    /// <summary>Checks the main program and every function of the loaded files; problems go to the bag.</summary>
    public static void Check(LoadedScript script, DiagnosticBag diagnostics)
    {
        foreach (UserFunction function in script.Units.SelectMany(u => u.Functions.Values))
        {
            new ProgramChecker(script, function.Unit, diagnostics).Function(function.Declaration);
        }

        new ProgramChecker(script, script.Main, diagnostics).Statements(script.Main.File.Statements);
    }

    private void Function(FunctionDeclaration function)
    {
        // A default may name constants and $ arguments, not other parameters.
        foreach (Parameter parameter in function.Parameters.Where(p => p.Default is not null))
        {
            Evaluate(parameter.Default!);
        }

        variables.Clear();
        foreach (Parameter parameter in function.Parameters)
        {
            variables[parameter.Name] = StaticValue.Of(parameter.Type);
        }

        Statements(function.Body);
        foreach (Parameter result in function.Results)
        {
            if (!variables.TryGetValue(result.Name, out StaticValue value))
            {
                diagnostics.Report(DmlErrors.ResultNotAssigned, result.Span, function.Name, result.Name);
            }
            else if (!Fits(value, result.Type) || (result.Type is { Data: DataKind.Scalar, Value: ValueKind.Integer } && value is { IsScalar: true, Value: ValueKind.Double }))
            {
                diagnostics.Report(SemanticErrors.ResultType, result.Span, result.Name, Describe(result.Type), value.Describe());
            }
        }
    }

    private void Statements(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            if (!diagnostics.IsFull)
            {
                Statement(statement);
            }
        }
    }

    private void Statement(Statement statement)
    {
        switch (statement)
        {
            case AssignmentStatement { Accumulate: true } assignment:
                Accumulate(assignment);
                break;
            case AssignmentStatement assignment:
                Assign(assignment.Target, Evaluate(assignment.Value));
                break;
            case IfDefStatement ifdef:
                StaticValue @default = Evaluate(ifdef.Default);
                Assign(ifdef.Target, script.Argument(ifdef.Argument.Name) is { } given ? StaticValue.Of(given) : @default);
                break;
            case MultiAssignmentStatement multiple:
                IReadOnlyList<StaticValue> results = Call(multiple.Call);
                if (results.Count < multiple.Targets.Count)
                {
                    diagnostics.Report(DmlErrors.ResultCount, multiple.Span, multiple.Call.Name, results.Count, multiple.Targets.Count);
                }

                for (int i = 0; i < multiple.Targets.Count; i++)
                {
                    Assign(multiple.Targets[i], i < results.Count ? results[i] : StaticValue.Unknown);
                }

                break;
            case CallStatement call:
                CallForEffect(call);
                break;
            case IfStatement branch:
                If(branch);
                break;
            case WhileStatement loop:
                Predicate(loop.Condition);
                Loop(loop.Body, null, () => Evaluate(loop.Condition));
                break;
            case ForStatement loop:
                For(loop);
                break;
        }
    }

    private void CallForEffect(CallStatement statement)
    {
        CallExpression call = statement.Call;
        if (unit.Resolve(call) is { } function)
        {
            Call(call);
            if (function.Declaration.Results.Count > 0)
            {
                diagnostics.Report(DmlErrors.ResultUnused, call.Span, call.Name);
            }

            return;
        }

        Call(call);
        if (call.Namespace is null && BuiltinSignatures.Find(call.Name) is { Results.Count: > 0 })
        {
            diagnostics.Report(DmlErrors.ResultUnused, call.Span, call.Name);
        }
    }

    private void Accumulate(AssignmentStatement assignment)
    {
        StaticValue added = Evaluate(assignment.Value);
        AssignmentTarget target = assignment.Target;
        StaticValue old = Variable(target.Name, target.Span);
        if (target.IsIndexed)
        {
            Assign(target, added);
            return;
        }

        Assign(target, Binary(BinaryOperator.Plus, old, added, assignment.Span));
    }

    private void Assign(AssignmentTarget target, StaticValue value)
    {
        if (target.Name is "Inf" or "NaN" or "pi")
        {
            diagnostics.Report(DmlErrors.ConstantAssigned, target.Span, target.Name);
            return;
        }

        if (!target.IsIndexed)
        {
            variables[target.Name] = value;
            return;
        }

        StaticValue old = Variable(target.Name, target.Span);
        if (old.IsScalar)
        {
            Report(DmlErrors.IndexTarget, target.Span, old.Describe());
            return;
        }

        (long rows, long columns) = Index(old, target.Rows!, target.Columns, target.Span);
        if (old.IsMatrix && value.IsSized && rows >= 0 && columns >= 0 && (value.Rows != rows || value.Columns != columns))
        {
            Report(SemanticErrors.LeftIndexSize, target.Span, $"{rows}x{columns}", value.Size);
        }
    }

    // ---- control flow ----
    private void If(IfStatement branch)
    {
        Predicate(branch.Condition);
        Dictionary<string, StaticValue> before = new(variables, StringComparer.Ordinal);
        conditional++;
        Statements(branch.Then);
        Dictionary<string, StaticValue> then = variables;
        variables = new Dictionary<string, StaticValue>(before, StringComparer.Ordinal);
        Statements(branch.Else);
        conditional--;
        foreach ((string name, StaticValue value) in then)
        {
            if (!variables.TryGetValue(name, out StaticValue other))
            {
                variables[name] = value.Widened();
                continue;
            }

            ReportTypeChange(name, value, other, branch.Span);
            variables[name] = value.Common(other);
        }

        foreach (string name in variables.Keys.Where(n => !then.ContainsKey(n)).ToArray())
        {
            variables[name] = variables[name].Widened();
        }
    }

    private void For(ForStatement loop)
    {
        foreach (Expression? bound in (ReadOnlySpan<Expression?>)[loop.From, loop.To, loop.Step])
        {
            if (bound is null)
            {
                continue;
            }

            RejectUserFunctions(bound);
            StaticValue value = Evaluate(bound);
            if (value.IsText || value.Data is DataKind.Matrix or DataKind.Frame or DataKind.List)
            {
                Report(SemanticErrors.LoopBound, bound.Span, value.Describe());
            }
        }

        if (loop.Parallel)
        {
            ParforChecker.Check(loop, diagnostics, name => variables.TryGetValue(name, out StaticValue value) ? value : null);
        }

        Loop(loop.Body, loop.Variable, null);
    }

    private void Loop(IReadOnlyList<Statement> body, string? counter, Action? condition)
    {
        Dictionary<string, StaticValue> before = new(variables, StringComparer.Ordinal);

        // What the body changes is not known at its start, apart from the data type.
        foreach (string name in AssignedVariables.Of(body))
        {
            if (variables.TryGetValue(name, out StaticValue value))
            {
                variables[name] = value.Widened() with { Value = value.IsScalar && value.Value is ValueKind.Integer ? ValueKind.Unknown : value.Value };
            }
        }

        if (counter is not null)
        {
            variables[counter] = StaticValue.Scalar(ValueKind.Integer);
        }

        conditional++;
        Statements(body);
        condition?.Invoke();
        conditional--;
        foreach ((string name, StaticValue value) in before)
        {
            StaticValue after = variables[name];
            if (after != value)
            {
                ReportTypeChange(name, value, after, body.Count > 0 ? body[0].Span : default);
                variables[name] = value.Common(after);
            }
        }

        foreach (string name in variables.Keys.Where(n => !before.ContainsKey(n)).ToArray())
        {
            variables[name] = variables[name].Widened();
        }
    }

    private void ReportTypeChange(string name, StaticValue one, StaticValue other, SourceSpan span)
    {
        if (one.Data != other.Data && one.Data != DataKind.Unknown && other.Data != DataKind.Unknown)
        {
            Report(SemanticErrors.TypeChange, span, name, one.Describe(), other.Describe());
        }
    }

    private void Predicate(Expression condition)
    {
        RejectUserFunctions(condition);
        StaticValue value = Evaluate(condition);
        if (value.IsText || value.Data is DataKind.Matrix or DataKind.Frame or DataKind.List)
        {
            Report(SemanticErrors.Condition, condition.Span, value.Describe());
        }
    }

    // Conditions, loop bounds and indexes are computed without calls of the script's own functions.
    private void RejectUserFunctions(Expression expression)
    {
        foreach (CallExpression call in Calls.In(expression))
        {
            if (unit.Resolve(call) is not null)
            {
                diagnostics.Report(SemanticErrors.UserFunctionInPredicate, call.Span, call.Name);
            }
        }
    }

    // Sizes and types inside branches and loops are checked when they are reached.
    private void Report(ErrorDefinition definition, SourceSpan span, params object?[] arguments)
    {
        if (conditional == 0)
        {
            diagnostics.Report(definition, span, arguments);
        }
    }

    private StaticValue Variable(string name, SourceSpan span)
    {
        if (variables.TryGetValue(name, out StaticValue value))
        {
            return value;
        }

        diagnostics.Report(DmlErrors.UnknownVariable, span, name, Suggestion.Sentence(name, variables.Keys));
        return variables[name] = StaticValue.Unknown;
    }

    private static bool Fits(StaticValue value, DeclaredType type) =>
        value.Data == DataKind.Unknown || type.Data == DataKind.Unknown || value.Data == type.Data;

    private static string Describe(DeclaredType type) => type.Data == DataKind.Scalar ? StaticValue.Of(type).Describe() : $"a {type.Data.ToString().ToLowerInvariant()}";
}
