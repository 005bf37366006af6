using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>
/// Turns statements into blocks: calls of user functions inside expressions become statements of their own, conditions and loop bounds
/// become variables, variables get numbers, and liveness is computed.
/// </summary>
internal sealed class BlockBuilder
{
    private readonly SourceUnit unit;
    private readonly Dictionary<string, int> slots = new(StringComparer.Ordinal);
    private int temporaries;

    private BlockBuilder(SourceUnit unit)
    {
        this.unit = unit;
    }

    /// <summary>The main program.</summary>
    public static Scope ForMain(SourceUnit unit)
    {
        var builder = new BlockBuilder(unit);
        List<Block> blocks = builder.Build(unit.File.Statements);
        builder.Number(blocks);
        Liveness.Compute(blocks, new HashSet<string>());
        return new Scope(unit, null, blocks, builder.slots);
    }

    /// <summary>A function body.</summary>
    public static Scope ForFunction(UserFunction function)
    {
        var builder = new BlockBuilder(function.Unit);
        foreach (Parameter parameter in function.Declaration.Parameters.Concat(function.Declaration.Results))
        {
            builder.Slot(parameter.Name);
        }

        List<Block> blocks = builder.Build(function.Declaration.Body);
        builder.Number(blocks);
        Liveness.Compute(blocks, function.Declaration.Results.Select(r => r.Name).ToHashSet(StringComparer.Ordinal));
        return new Scope(function.Unit, function, blocks, builder.slots);
    }

    /// <summary>Statements with calls of user functions taken out of expressions; what the plan builder reads when it inlines a function.</summary>
    public static IReadOnlyList<Statement> Flatten(SourceUnit unit, Statement statement)
    {
        var builder = new BlockBuilder(unit);
        var result = new List<Statement>();
        builder.Straight(statement, result);
        return result;
    }

    private List<Block> Build(IReadOnlyList<Statement> statements)
    {
        var blocks = new List<Block>();
        var straight = new List<Statement>();
        void Close()
        {
            if (straight.Count > 0)
            {
                blocks.Add(new BasicBlock([.. straight]));
                straight.Clear();
            }
        }

        foreach (Statement statement in statements)
        {
            switch (statement)
            {
                case IfStatement branch:
                    string condition = Temporary("if");
                    Straight(Assign(condition, branch.Condition), straight);
                    Close();
                    blocks.Add(new IfBlock(condition, Build(branch.Then), Build(branch.Else)));
                    break;
                case WhileStatement loop:
                    string test = Temporary("while");
                    Close();
                    blocks.Add(new WhileBlock(new BasicBlock([Assign(test, loop.Condition)]), test, Build(loop.Body)));
                    break;
                case ForStatement loop:
                    string from = Temporary("from");
                    string to = Temporary("to");
                    string? step = loop.Step is null ? null : Temporary("step");
                    Straight(Assign(from, loop.From), straight);
                    Straight(Assign(to, loop.To), straight);
                    if (step is not null)
                    {
                        Straight(Assign(step, loop.Step!), straight);
                    }

                    Close();
                    blocks.Add(new ForBlock(loop, from, to, step, Build(loop.Body)));
                    break;
                case SourceStatement or SetWorkingDirectoryStatement:
                    break;
                default:
                    Straight(statement, straight);
                    break;
            }
        }

        Close();
        return blocks;
    }

    private static AssignmentStatement Assign(string name, Expression value) =>
        new(new AssignmentTarget(name, null, null, value.Span), value, false, value.Span);

    private string Temporary(string kind) => $".{kind}{++temporaries}";

    private void Straight(Statement statement, List<Statement> result)
    {
        switch (statement)
        {
            case AssignmentStatement assignment:
                bool isCall = assignment.Value is CallExpression c && unit.Resolve(c) is not null && !assignment.Target.IsIndexed && !assignment.Accumulate;
                Expression value = isCall ? HoistArguments((CallExpression)assignment.Value, result) : Hoist(assignment.Value, result);
                result.Add(assignment with { Value = value, Target = Hoist(assignment.Target, result) });
                break;
            case MultiAssignmentStatement multi:
                result.Add(multi with { Call = HoistArguments(multi.Call, result) });
                break;
            case CallStatement call:
                result.Add(call with { Call = HoistArguments(call.Call, result) });
                break;
            case IfDefStatement ifdef:
                result.Add(ifdef with { Default = Hoist(ifdef.Default, result) });
                break;
            default:
                result.Add(statement);
                break;
        }
    }

    private AssignmentTarget Hoist(AssignmentTarget target, List<Statement> result) => !target.IsIndexed
        ? target
        : target with { Rows = Hoist(target.Rows, result), Columns = Hoist(target.Columns, result) };

    private IndexRange? Hoist(IndexRange? range, List<Statement> result) => range is null
        ? null
        : range with { Lower = range.Lower is null ? null : Hoist(range.Lower, result), Upper = range.Upper is null ? null : Hoist(range.Upper, result) };

    private CallExpression HoistArguments(CallExpression call, List<Statement> result) =>
        call with { Arguments = [.. call.Arguments.Select(a => a with { Value = Hoist(a.Value, result) })] };

    private Expression Hoist(Expression expression, List<Statement> result)
    {
        switch (expression)
        {
            case UnaryExpression unary:
                return unary with { Operand = Hoist(unary.Operand, result) };
            case BinaryExpression binary:
                return binary with { Left = Hoist(binary.Left, result), Right = Hoist(binary.Right, result) };
            case IndexExpression index:
                return index with { Target = Hoist(index.Target, result), Rows = Hoist(index.Rows, result)!, Columns = Hoist(index.Columns, result) };
            case BracketList list:
                return list with { Items = [.. list.Items.Select(i => Hoist(i, result))] };
            case CallExpression call:
                CallExpression inner = HoistArguments(call, result);
                if (unit.Resolve(call) is null)
                {
                    return inner;
                }

                string name = Temporary("call");
                result.Add(Assign(name, inner));
                return new VariableReference(name, call.Span);
            default:
                return expression;
        }
    }

    private int Slot(string name)
    {
        if (!slots.TryGetValue(name, out int slot))
        {
            slots[name] = slot = slots.Count;
        }

        return slot;
    }

    private void Number(IReadOnlyList<Block> blocks)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case BasicBlock basic:
                    foreach (string name in basic.Statements.SelectMany(s => Variables.Assigned(s).Concat(Variables.Used(s))))
                    {
                        Slot(name);
                    }

                    break;
                case IfBlock branch:
                    branch.ConditionSlot = Slot(branch.Condition);
                    Number(branch.Then);
                    Number(branch.Else);
                    break;
                case WhileBlock loop:
                    Number([loop.Test]);
                    loop.ConditionSlot = Slot(loop.Condition);
                    Number(loop.Body);
                    break;
                case ForBlock loop:
                    loop.VariableSlot = Slot(loop.Statement.Variable);
                    loop.FromSlot = Slot(loop.From);
                    loop.ToSlot = Slot(loop.To);
                    loop.StepSlot = loop.Step is null ? -1 : Slot(loop.Step);
                    Number(loop.Body);
                    break;
            }
        }
    }
}
