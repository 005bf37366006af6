using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Builtins;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Turns a segment's DAG into instructions: drops what nobody needs, numbers slots, and finds each value's last use.</summary>
internal static class PlanCompiler
{
    /// <summary>Variables beyond a scope's own that carry call arguments.</summary>
    public const int ArgumentVariables = 64;

    public static ExecutablePlan Compile(Segment segment, Scope scope, IBackend? backend, Value[] variables, IReadOnlySet<Node> singles)
    {
        int Number(string variable) => variable.StartsWith(".arg", StringComparison.Ordinal)
            ? scope.Slots.Count + int.Parse(variable.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture)
            : scope.Slots[variable];

        HashSet<Node> needed = Needed(segment);
        HashSet<Node> multiple = [.. segment.Graph.Nodes.Where(n => n.Kind == NodeKind.Result && needed.Contains(n)).Select(n => n.Inputs[0])];
        var slots = new Dictionary<Node, int>();
        int count = 0;
        var constants = new List<(int, Value)>();
        var code = new List<Instruction>();
        foreach (Node node in segment.Graph.Nodes.Where(needed.Contains))
        {
            switch (node.Kind)
            {
                case NodeKind.Constant:
                    slots[node] = count++;
                    constants.Add((slots[node], Value.Of(node.Constant)));
                    break;
                case NodeKind.Load:
                    slots[node] = count++;
                    break;
                case NodeKind.Operation:
                    var outputs = new int[node.Outputs];
                    Array.Fill(outputs, -1);
                    if (node.Outputs == 1 && !multiple.Contains(node))
                    {
                        outputs[0] = slots[node] = count++;
                    }

                    code.Add(InstructionOf(node, [.. node.Inputs.Select(i => slots[i])], outputs, backend, singles.Contains(node)));
                    slots.TryAdd(node, -1 - code.Count);
                    break;
                case NodeKind.Result:
                    slots[node] = count++;
                    Instruction producer = code[-2 - slots[node.Inputs[0]]];
                    producer.Outputs[node.Index] = slots[node];
                    break;
            }
        }

        PlanStore[] stores = [.. segment.Stores.Select(s => new PlanStore(Number(s.Variable), slots[s.Node]))];
        MarkLastUses(code, stores, constants.Select(c => c.Item1));
        PlanLoad[] loads = [.. segment.Loads.Select(l => LoadOf(l, Number(l.Variable), slots.GetValueOrDefault(l.Node, -1), segment.Dead.Contains(l.Variable), variables))];
        return new ExecutablePlan
        {
            Segment = segment,
            Code = [.. code],
            Loads = loads,
            Assumptions = [.. segment.Constants.Select(c => new PlanConstant(Number(c.Variable), c.Value))],
            Stores = stores,
            Constants = [.. constants],
            Held = [.. stores.Select(s => s.Slot).Concat(loads.Select(l => l.Slot).Where(s => s >= 0 && !code.Exists(i => i.Release.Contains(s)))).Distinct().Except(constants.Select(c => c.Item1))],
            DeadVariables = [.. segment.Dead.Where(d => segment.Stores.All(s => s.Variable != d)).Select(Number)],
            SlotCount = count,
            LargestInputCount = code.Count == 0 ? 0 : code.Max(i => i.Inputs.Length),
            LargestOutputCount = code.Count == 0 ? 0 : code.Max(i => i.Outputs.Length),
            Call = segment.Call is { } call ? CallOf(call, Number) : null,
        };
    }

    private static PlanLoad LoadOf((string Variable, Node Node) load, int variable, int slot, bool takes, Value[] variables)
    {
        Value value = variables[variable];
        return new PlanLoad(variable, slot, takes, value.Tag, load.Node.Facts.Size, value.Tag == ValueTag.Matrix ? value.AsMatrix().Type : default);
    }

    private static CallPlan CallOf(FunctionCall call, Func<string, int> number)
    {
        Scope callee = call.Function.Scope;
        return new CallPlan(
            call,
            [.. call.Arguments.Select(number)],
            [.. call.Targets.Select(t => t is null ? -1 : number(t))],
            [.. call.Function.Declaration.Parameters.Select(p => callee.Slots[p.Name])],
            [.. call.Function.Declaration.Results.Select(r => callee.Slots[r.Name])]);
    }

    private static HashSet<Node> Needed(Segment segment)
    {
        var needed = new HashSet<Node>();
        var open = new Stack<Node>(segment.Stores.Select(s => s.Node).Concat(segment.Graph.Effects));
        while (open.TryPop(out Node? node))
        {
            if (needed.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return needed;
    }

    private static Instruction InstructionOf(Node node, int[] inputs, int[] outputs, IBackend? backend, bool isSingle)
    {
        bool cellwise = ScalarOperations.IsBinary(node.Name) || ScalarOperations.IsUnary(node.Name) || node.Name == "ifelse";
        RuntimeBuiltin? builtin = RuntimeBuiltins.Find(node.Name);
        Kernel? kernel = builtin is null && OperatorTable.Find(node.Name) is not null ? backend?.Find(node.Name) : null;
        bool scalarsOnly = node.Inputs.All(i => i.Facts.IsScalar);
        if (backend is not null && builtin is null && kernel is null && !(cellwise && scalarsOnly))
        {
            throw RuntimeErrors.NotSupported.At(Graph.Where(node.Span), node.Name, backend.Name);
        }

        return new Instruction
        {
            Name = node.Name,
            Kind = builtin is not null ? InstructionKind.Builtin : cellwise ? InstructionKind.Cellwise : InstructionKind.Kernel,
            Kernel = kernel,
            Builtin = builtin,
            Inputs = inputs,
            Outputs = outputs,
            IsSingle = isSingle,
            Program = node.Program,
            Span = node.Span,
        };
    }

    private static void MarkLastUses(List<Instruction> code, PlanStore[] stores, IEnumerable<int> constants)
    {
        HashSet<int> alive = [.. stores.Select(s => s.Slot), .. constants];
        for (int i = code.Count - 1; i >= 0; i--)
        {
            Instruction instruction = code[i];
            var release = new List<int>();
            for (int input = 0; input < instruction.Inputs.Length; input++)
            {
                if (alive.Add(instruction.Inputs[input]))
                {
                    release.Add(instruction.Inputs[input]);
                    instruction.Dying |= input < 64 ? 1UL << input : 0;
                }
            }

            instruction.Release = [.. release];
        }

        // Results that nobody uses are dropped right after their instruction.
        for (int i = 0; i < code.Count; i++)
        {
            for (int output = 0; output < code[i].Outputs.Length; output++)
            {
                if (!alive.Contains(code[i].Outputs[output]))
                {
                    code[i].Outputs[output] = -1;
                }
            }
        }
    }
}
