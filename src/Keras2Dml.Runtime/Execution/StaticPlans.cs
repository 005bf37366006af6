using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Rewrites;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Plans made without running: sizes and values that only the run tells are unknown. For <c>explain</c>.</summary>
internal sealed class StaticPlans
{
    private readonly ProgramContext program;
    private readonly Scope scope;
    private readonly Dictionary<BasicBlock, List<ExecutablePlan>> plans = [];
    private readonly Dictionary<BasicBlock, RewriteLog> rewrites = [];

    private StaticPlans(ProgramContext program, Scope scope)
    {
        this.program = program;
        this.scope = scope;
    }

    /// <summary>The plans of a scope.</summary>
    public static StaticPlans Of(ProgramContext program, Scope scope)
    {
        var result = new StaticPlans(program, scope);
        var facts = new Dictionary<string, VariableFacts>(StringComparer.Ordinal);
        foreach (Parameter parameter in scope.Function?.Declaration.Parameters ?? [])
        {
            facts[parameter.Name] = Declared(parameter.Type);
        }

        result.Blocks(scope.Blocks, facts);
        return result;
    }

    /// <summary>The plans of a block.</summary>
    public IReadOnlyList<ExecutablePlan> this[BasicBlock block] => plans[block];

    /// <summary>What the rewrites did to all blocks.</summary>
    public RewriteLog Rewrites()
    {
        var sum = new RewriteLog();
        foreach (RewriteLog log in rewrites.Values)
        {
            sum.Add(log);
        }

        return sum;
    }

    private void Blocks(IReadOnlyList<Block> blocks, Dictionary<string, VariableFacts> facts)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case BasicBlock basic:
                    Straight(basic, facts);
                    break;
                case IfBlock branch:
                    var otherwise = new Dictionary<string, VariableFacts>(facts, StringComparer.Ordinal);
                    Blocks(branch.Then, facts);
                    Blocks(branch.Else, otherwise);
                    Join(facts, otherwise);
                    break;
                case WhileBlock loop:
                    Loop([loop.Test, .. loop.Body], LoopVariables.Of(loop), facts);
                    break;
                case ForBlock loop:
                    facts[loop.Statement.Variable] = new VariableFacts(ValueFacts.Scalar(ValueKind.Integer), null);
                    Loop(loop.Body, LoopVariables.Of(loop), facts);
                    break;
            }
        }
    }

    // Once to see what an iteration changes, once more with what holds in every iteration.
    private void Loop(IReadOnlyList<Block> body, IReadOnlySet<string> assigned, Dictionary<string, VariableFacts> facts)
    {
        foreach (string name in assigned.Where(facts.ContainsKey))
        {
            facts[name] = facts[name] with { Constant = null };
        }

        var after = new Dictionary<string, VariableFacts>(facts, StringComparer.Ordinal);
        Blocks(body, after);
        Join(facts, after);
        foreach (string name in assigned.Where(facts.ContainsKey))
        {
            facts[name] = facts[name] with { Constant = null };
        }

        Blocks(body, facts);
    }

    private void Straight(BasicBlock block, Dictionary<string, VariableFacts> facts)
    {
        var made = new List<ExecutablePlan>();
        var log = new RewriteLog();
        int statement = 0;
        while (statement < block.Statements.Count)
        {
            Segment segment = SegmentBuilder.Build(program, scope.Unit, block, statement, name => facts.TryGetValue(name, out VariableFacts known) ? known : null);
            segment = Dml.Rewrites.Rewrites.Apply(segment, program.DisabledRewrites, _ => program.IsSingle, log);
            IReadOnlySet<Node> singles = program.IsSingle ? Precisions.Of(segment, _ => true).Singles : new HashSet<Node>();
            made.Add(PlanCompiler.Compile(segment, scope, null, new Value[scope.Slots.Count + PlanCompiler.ArgumentVariables], singles));
            foreach ((string variable, Node node) in segment.Stores)
            {
                facts[variable] = new VariableFacts(node.Facts, node.IsConstant ? node.Constant : null);
            }

            for (int i = 0; segment.Call is { } call && i < call.Targets.Count; i++)
            {
                if (call.Targets[i] is { } target)
                {
                    facts[target] = Declared(call.Function.Declaration.Results[i].Type);
                }
            }

            statement = segment.Next;
        }

        plans[block] = made;
        rewrites[block] = log;
    }

    private static VariableFacts Declared(DeclaredType type) =>
        new(type.Data == DataKind.Scalar ? ValueFacts.Scalar(type.Value) : new ValueFacts(type.Data, ValueKind.Unknown, Size.Unknown), null);

    // What holds on both ways.
    private static void Join(Dictionary<string, VariableFacts> facts, Dictionary<string, VariableFacts> others)
    {
        foreach ((string name, VariableFacts other) in others)
        {
            facts[name] = facts.TryGetValue(name, out VariableFacts known) ? Join(known, other) : other with { Constant = null };
        }
    }

    private static VariableFacts Join(VariableFacts a, VariableFacts b)
    {
        if (a == b)
        {
            return a;
        }

        if (a.Facts.Data != b.Facts.Data)
        {
            return new VariableFacts(ValueFacts.Unknown, null);
        }

        Size size = new(a.Facts.Size.Rows == b.Facts.Size.Rows ? a.Facts.Size.Rows : -1, a.Facts.Size.Columns == b.Facts.Size.Columns ? a.Facts.Size.Columns : -1);
        ValueKind kind = a.Facts.Value == b.Facts.Value ? a.Facts.Value : ValueKind.Unknown;
        return new VariableFacts(new ValueFacts(a.Facts.Data, kind, a.Facts.IsMatrix ? size : default), null);
    }
}
