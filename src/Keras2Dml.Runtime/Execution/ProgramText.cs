using System.Globalization;
using System.Text;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Blocks and plans as text, for <c>explain</c>.</summary>
internal static class ProgramText
{
    public static void Describe(BasicBlock block, string stage, string indent, StringBuilder text)
    {
        if (stage == "ast")
        {
            foreach (Statement statement in block.Statements)
            {
                text.Append(indent).Append(statement).Append('\n');
            }

            return;
        }

        ExecutablePlan[] plans = [.. PlanCache.Of(block).All];
        if (plans.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}block of {block.Statements.Count} statements, planned when first reached\n");
        }

        foreach (ExecutablePlan plan in plans)
        {
            text.Append(indent).Append("plan for ").AppendJoin(", ", plan.Segment.Loads.Select(l => $"{l.Variable}: {Facts(l.Node.Facts)}")).Append('\n');
            if (stage == "operators")
            {
                foreach (Node node in plan.Segment.Graph.Nodes.Where(n => !n.IsConstant))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}  %{node.Id} = {node} : {Facts(node.Facts)}\n");
                }
            }
            else
            {
                foreach (Instruction instruction in plan.Code)
                {
                    text.Append(indent).Append("  ").AppendJoin(", ", instruction.Outputs.Select(o => o < 0 ? "_" : $"s{o}")).Append(" = ").Append(instruction.Name).Append('(')
                        .AppendJoin(", ", instruction.Inputs.Select((s, i) => (instruction.Dying >> i & 1) != 0 ? $"s{s}!" : $"s{s}")).Append(")\n");
                }
            }

            if (plan.Call is { } call)
            {
                text.Append(indent).Append("  call ").Append(call.Call.Function.Name).Append('\n');
            }
        }
    }

    private static string Facts(ValueFacts facts) => facts.Data switch
    {
        DataKind.Matrix => $"{(facts.Size.Rows < 0 ? "?" : facts.Size.Rows)}x{(facts.Size.Columns < 0 ? "?" : facts.Size.Columns)}",
        DataKind.Scalar => facts.Value.ToString().ToLowerInvariant(),
        _ => facts.Data.ToString().ToLowerInvariant(),
    };
}
