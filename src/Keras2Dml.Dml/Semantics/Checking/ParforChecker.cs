using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Text;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>
/// Finds dependencies between iterations of a parfor loop: scalars that are carried on, and cells that two iterations may touch
/// while one of them writes. Subscripts are compared as linear functions of the loop variables (GCD and Banerjee tests, as SystemDS does);
/// ranges never keep iterations apart.
/// </summary>
internal sealed class ParforChecker
{
    private static readonly string[] Options = ["check", "par", "mode", "opt", "taskpartitioner", "tasksize", "datapartitioner", "resultmerge", "log", "profile"];

    private readonly ForStatement loop;
    private readonly DiagnosticBag diagnostics;
    private readonly Func<string, StaticValue?> valueBefore;
    private readonly Dictionary<string, LoopBounds> loops = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed;
    private readonly List<CellAccess> accesses = [];
    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    private ParforChecker(ForStatement loop, DiagnosticBag diagnostics, Func<string, StaticValue?> valueBefore)
    {
        this.loop = loop;
        this.diagnostics = diagnostics;
        this.valueBefore = valueBefore;
        changed = new HashSet<string>(AssignedVariables.Of(loop.Body), StringComparer.Ordinal);
    }

    /// <summary>Checks one loop; loops inside it are checked on their own.</summary>
    /// <param name="loop">A parfor statement.</param>
    /// <param name="diagnostics">Receives the problems.</param>
    /// <param name="valueBefore">What is known of a variable before the loop; null when it has no value there.</param>
    public static void Check(ForStatement loop, DiagnosticBag diagnostics, Func<string, StaticValue?> valueBefore)
    {
        foreach (NamedArgument option in loop.Options.Where(o => !Options.Contains(o.Name)))
        {
            diagnostics.Report(SemanticErrors.ParforOption, option.Span, option.Name, Suggestion.Sentence(option.Name!, Options), string.Join(", ", Options));
        }

        bool isChecked = loop.Options.FirstOrDefault(o => o.Name == "check")?.Value is not (IntegerLiteral { Value: 0 } or CommandLineArgument);
        if (isChecked)
        {
            var checker = new ParforChecker(loop, diagnostics, valueBefore);
            checker.loops[loop.Variable] = checker.Bounds(loop);
            checker.Collect(loop.Body);
            checker.Compare();
        }
    }

    private void Collect(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            Collect(statement);
        }
    }

    private void Collect(Statement statement)
    {
        switch (statement)
        {
            case AssignmentStatement assignment:
                Read(assignment.Value);
                Write(assignment.Target, assignment.Accumulate);
                break;
            case IfDefStatement ifdef:
                Read(ifdef.Default);
                Write(ifdef.Target, false);
                break;
            case MultiAssignmentStatement multiple:
                Read(multiple.Call);
                foreach (AssignmentTarget target in multiple.Targets)
                {
                    Write(target, false);
                }

                break;
            case CallStatement call:
                if (call.Call is { Namespace: null, Name: "stop" })
                {
                    diagnostics.Report(SemanticErrors.ParforStop, call.Span);
                }

                Read(call.Call);
                break;
            case IfStatement branch:
                Read(branch.Condition);
                Collect(branch.Then);
                Collect(branch.Else);
                break;
            case WhileStatement inner:
                Read(inner.Condition);
                Collect(inner.Body);
                break;
            case ForStatement inner:
                Read(inner.From);
                Read(inner.To);
                Read(inner.Step);
                loops[inner.Variable] = Bounds(inner);
                Collect(inner.Body);
                break;
        }
    }

    private void Write(AssignmentTarget target, bool accumulates)
    {
        if (valueBefore(target.Name) is not { } before || target.Name == loop.Variable)
        {
            return;
        }

        if (target.IsIndexed)
        {
            Read(target.Rows);
            Read(target.Columns);
            accesses.Add(new CellAccess(target.Name, Subscript(target.Rows), Subscript(target.Columns), IsWrite: true, IsSum: false, target.Span));
            if (accumulates)
            {
                accesses.Add(new CellAccess(target.Name, Subscript(target.Rows), Subscript(target.Columns), IsWrite: false, IsSum: false, target.Span));
            }
        }
        else if (accumulates && before.Data is DataKind.Matrix or DataKind.Unknown)
        {
            accesses.Add(new CellAccess(target.Name, null, null, IsWrite: true, IsSum: true, target.Span));
        }
        else if (reported.Add(target.Name))
        {
            diagnostics.Report(SemanticErrors.ParforScalar, target.Span, target.Name);
        }
    }

    private void Read(IndexRange? range)
    {
        Read(range?.Lower);
        Read(range?.Upper);
    }

    private void Read(Expression? expression)
    {
        switch (expression)
        {
            case VariableReference variable when changed.Contains(variable.Name):
                accesses.Add(new CellAccess(variable.Name, null, null, IsWrite: false, IsSum: false, variable.Span));
                break;
            case IndexExpression { Target: VariableReference variable } index:
                Read(index.Rows);
                Read(index.Columns);
                if (changed.Contains(variable.Name))
                {
                    accesses.Add(new CellAccess(variable.Name, Subscript(index.Rows), Subscript(index.Columns), IsWrite: false, IsSum: false, variable.Span));
                }

                break;
            case UnaryExpression unary:
                Read(unary.Operand);
                break;
            case BinaryExpression binary:
                Read(binary.Left);
                Read(binary.Right);
                break;
            case BracketList list:
                foreach (Expression item in list.Items)
                {
                    Read(item);
                }

                break;

            // Sizes do not change when cells do.
            case CallExpression { Namespace: null, Name: "nrow" or "ncol" or "length" }:
                break;
            case CallExpression call:
                foreach (NamedArgument argument in call.Arguments)
                {
                    Read(argument.Value);
                }

                break;
        }
    }

    private LinearFunction? Subscript(IndexRange? range) => range is { IsRange: false, Lower: { } single } ? Linear(single) : null;

    private void Compare()
    {
        for (int i = 0; i < accesses.Count; i++)
        {
            for (int j = i; j < accesses.Count; j++)
            {
                CellAccess a = accesses[i];
                CellAccess b = accesses[j];
                if (a.Name != b.Name || !(a.IsWrite || b.IsWrite) || (a.IsSum && b.IsSum) || valueBefore(a.Name) is null || reported.Contains(a.Name))
                {
                    continue;
                }

                if (!AreApart(a.Row, b.Row) && !AreApart(a.Column, b.Column))
                {
                    reported.Add(a.Name);
                    CellAccess write = a.IsWrite ? a : b;
                    CellAccess other = a.IsWrite ? b : a;
                    diagnostics.Report(SemanticErrors.ParforMatrix, write.Span, write.Describe(), write.Span.Line, other.Describe(), other.Span.Line);
                }
            }
        }
    }

    // True when two iterations with different loop variables cannot select the same row (or column).
    private bool AreApart(LinearFunction? a, LinearFunction? b)
    {
        if (a is null || b is null || !a.HasSameSymbols(b, loops.Keys))
        {
            return false;
        }

        long difference = b.Constant - a.Constant;
        long gcd = 0;
        double lowest = 0;
        double highest = 0;
        bool onlyThisLoop = true;
        foreach ((string variable, LoopBounds bounds) in loops)
        {
            long left = a.Coefficient(variable);
            long right = -b.Coefficient(variable);
            difference -= (left + right) * bounds.Start;
            left *= bounds.Step;
            right *= bounds.Step;
            gcd = Gcd(gcd, Gcd(left, right));
            onlyThisLoop &= (left == 0 && right == 0) || (variable == loop.Variable && left == -right);
            foreach (long coefficient in (ReadOnlySpan<long>)[left, right])
            {
                if (coefficient != 0)
                {
                    double reach = coefficient * bounds.LastCount;
                    lowest += double.IsInfinity(reach) ? double.NegativeInfinity : Math.Min(0, reach);
                    highest += double.IsInfinity(reach) ? double.PositiveInfinity : Math.Max(0, reach);
                }
            }
        }

        bool separates = onlyThisLoop && difference == 0 && a.Coefficient(loop.Variable) != 0;
        return separates
            || (gcd == 0 ? difference != 0 : difference % gcd != 0)
            || difference < lowest || difference > highest;
    }

    private static long Gcd(long a, long b) => b == 0 ? Math.Abs(a) : Gcd(b, a % b);

    private LoopBounds Bounds(ForStatement statement)
    {
        long? from = Constant(statement.From);
        long? to = Constant(statement.To);
        long? step = statement.Step is null ? (from is { } f && to is { } t && f > t ? -1 : 1) : Constant(statement.Step);

        // Of unknown bounds the values are taken as they are: all integers.
        return from is { } start && to is { } end && step is { } s && s != 0
            ? new LoopBounds(start, s, Math.Max(0, (end - start) / s))
            : new LoopBounds(0, 1, double.PositiveInfinity);
    }

    private long? Constant(Expression expression) => Linear(expression) is { IsConstant: true } function ? function.Constant : null;

    // A linear function of loop variables and of variables that the loop does not change; null for anything else.
    private LinearFunction? Linear(Expression expression)
    {
        switch (expression)
        {
            case IntegerLiteral integer:
                return new LinearFunction(integer.Value);
            case DoubleLiteral number when number.Value == Math.Truncate(number.Value) && Math.Abs(number.Value) < 1e15:
                return new LinearFunction((long)number.Value);
            case VariableReference variable when loops.ContainsKey(variable.Name):
                return LinearFunction.Of(variable.Name);
            case VariableReference variable when !changed.Contains(variable.Name):
                return valueBefore(variable.Name) switch
                {
                    { Constant: { Kind: ValueKind.Integer } constant } => new LinearFunction(constant.AsInteger()),
                    { } => LinearFunction.Of(variable.Name),
                    null => null,
                };
            case UnaryExpression { Operator: UnaryOperator.Minus } unary:
                return Linear(unary.Operand)?.Times(-1);
            case UnaryExpression { Operator: UnaryOperator.Plus } unary:
                return Linear(unary.Operand);
            case BinaryExpression { Operator: BinaryOperator.Plus } sum:
                return Linear(sum.Left) is { } l && Linear(sum.Right) is { } r ? l.Plus(r) : null;
            case BinaryExpression { Operator: BinaryOperator.Minus } difference:
                return Linear(difference.Left) is { } a && Linear(difference.Right) is { } b ? a.Plus(b.Times(-1)) : null;
            case BinaryExpression { Operator: BinaryOperator.Multiply } product:
                return (Linear(product.Left), Linear(product.Right)) switch
                {
                    ({ IsConstant: true } factor, { } function) => function.Times(factor.Constant),
                    ({ } function, { IsConstant: true } factor) => function.Times(factor.Constant),
                    _ => null,
                };
            default:
                return null;
        }
    }

    // A loop variable takes Start + Step * k for k from 0 to LastCount.
    private readonly record struct LoopBounds(long Start, long Step, double LastCount);

    private sealed record CellAccess(string Name, LinearFunction? Row, LinearFunction? Column, bool IsWrite, bool IsSum, SourceSpan Span)
    {
        public string Describe() => Row is null && Column is null ? Name : $"{Name}[{Row?.ToString() ?? "..."}, {Column?.ToString() ?? "..."}]";
    }
}
