using System.Globalization;
using System.Text;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Blocks and plans as text, for <c>explain</c>.</summary>
internal static class ProgramText
{
    /// <summary>A block: the plans that were used, or what is known without a run.</summary>
    public static void Describe(BasicBlock block, IReadOnlyList<ExecutablePlan> withoutRun, string stage, string indent, StringBuilder text)
    {
        ExecutablePlan[] used = [.. PlanCache.Of(block).All];
        foreach (ExecutablePlan plan in used.Length > 0 ? used : withoutRun)
        {
            IEnumerable<string> keys = plan.Segment.Loads.Select(l => $"{l.Variable}: {Facts(l.Node.Facts)}").Concat(plan.Segment.Constants.Select(c => $"{c.Variable} = {ValueText.Of(c.Value)}"));
            text.Append(indent).Append("plan for ").AppendJoin(", ", keys.DefaultIfEmpty("no variables")).Append('\n');
            if (stage == "operators")
            {
                Operators(plan, indent, text);
            }
            else
            {
                Instructions(plan, indent, text);
            }

            text.Append(indent).Append("  store ").AppendJoin(", ", plan.Segment.Stores.Select(s => $"{s.Variable} = {(s.Node.IsConstant ? s.Node.ToString() : $"%{s.Node.Id}")}").DefaultIfEmpty("nothing")).Append('\n');
            if (plan.Call is { } call)
            {
                text.Append(indent).Append("  call ").Append(call.Call.Function.Name).Append('\n');
            }
        }
    }

    private static void Operators(ExecutablePlan plan, string indent, StringBuilder text)
    {
        foreach (Node node in plan.Segment.Graph.Nodes.Where(n => !n.IsConstant))
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  %{node.Id} = {node} : {Facts(node.Facts)}\n");
        }
    }

    private static void Instructions(ExecutablePlan plan, string indent, StringBuilder text)
    {
        foreach (Instruction instruction in plan.Code)
        {
            text.Append(indent).Append("  ").AppendJoin(", ", instruction.Outputs.Select(o => o < 0 ? "_" : $"s{o}")).Append(" = ").Append(instruction.Name).Append('(')
                .AppendJoin(", ", instruction.Inputs.Select(s => Operand(plan, instruction, s))).Append(")\n");
        }
    }

    // A constant, or a slot with a mark at its last use.
    private static string Operand(ExecutablePlan plan, Instruction instruction, int slot)
    {
        foreach ((int constant, Value value) in plan.Constants)
        {
            if (constant == slot)
            {
                return ValueText.Of(value.ToScalar());
            }
        }

        return instruction.Release.Contains(slot) ? $"s{slot}!" : $"s{slot}";
    }

    private static string Facts(ValueFacts facts) => facts.Data switch
    {
        DataKind.Matrix => $"{(facts.Size.Rows < 0 ? "?" : facts.Size.Rows)}x{(facts.Size.Columns < 0 ? "?" : facts.Size.Columns)}",
        DataKind.Scalar => facts.Value.ToString().ToLowerInvariant(),
        _ => facts.Data.ToString().ToLowerInvariant(),
    };
}
