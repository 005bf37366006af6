using System.Runtime.CompilerServices;
using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Builtins;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Runs blocks: plans for straight parts, control flow around them, frames for function calls.</summary>
internal sealed class Interpreter(ProgramContext program, ExecutionContext context)
{
    private const int DeepestCalls = 2000;
    private const int PlansPerSegment = 16;
    private readonly Dictionary<Scope, Stack<Value[]>> freeFrames = [];
    private readonly List<Block> loops = [];
    private int outerLoops;
    private int depth;

    public ExecutionContext Context => context;

    public ProgramContext Program => program;

    /// <summary>Runs the main program.</summary>
    public void Run(Scope main)
    {
        Value[] frame = RentFrame(main);
        try
        {
            Run(main, main.Blocks, frame);
        }
        finally
        {
            ReturnFrame(main, frame);
        }
    }

    private void Run(Scope scope, IReadOnlyList<Block> blocks, Value[] variables)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case BasicBlock basic:
                    Run(scope, basic, variables);
                    break;
                case IfBlock branch:
                    Run(scope, Truth(variables[branch.ConditionSlot]) ? branch.Then : branch.Else, variables);
                    break;
                case WhileBlock loop:
                    loops.Add(loop);
                    while (true)
                    {
                        context.Cancellation.ThrowIfCancellationRequested();
                        Run(scope, loop.Test, variables);
                        if (!Truth(variables[loop.ConditionSlot]))
                        {
                            break;
                        }

                        Run(scope, loop.Body, variables);
                    }

                    loops.RemoveAt(loops.Count - 1);
                    break;
                case ForBlock loop:
                    Run(scope, loop, variables);
                    break;
            }
        }
    }

    private void Run(Scope scope, ForBlock loop, Value[] variables)
    {
        Value from = variables[loop.FromSlot];
        Value to = variables[loop.ToSlot];
        if (!from.IsNumber || !to.IsNumber)
        {
            throw RuntimeErrors.LoopBounds.At(Graph.Where(loop.Statement.Span));
        }

        // Bounds are cut off to integers first: NaN is 0.
        long start = from.ToScalar().AsInteger();
        long end = to.ToScalar().AsInteger();
        double step = loop.StepSlot >= 0 ? variables[loop.StepSlot].AsDouble() : start > end ? -1 : 1;
        long increment = double.IsNaN(step) ? 0 : Scalar.Truncate(step);
        if (increment == 0)
        {
            throw RuntimeErrors.LoopStep.At(Graph.Where(loop.Statement.Span));
        }

        loops.Add(loop);
        for (long i = start; increment > 0 ? i <= end : i >= end; i += increment)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Assign(variables, loop.VariableSlot, Value.Of(i));
            Run(scope, loop.Body, variables);
        }

        loops.RemoveAt(loops.Count - 1);
    }

    private static bool Truth(Value value) => value.IsNumber ? value.AsBoolean() : value.Tag == ValueTag.Matrix && value.AsMatrix().Length == 1 && value.AsMatrix().Get(0) != 0;

    private void Run(Scope scope, BasicBlock block, Value[] variables)
    {
        int statement = 0;
        while (statement < block.Statements.Count)
        {
            ExecutablePlan plan = FindPlan(scope, block, statement, variables);
            Run(plan, variables);
            if (plan.Call is { } call)
            {
                Call(call, variables);
            }

            statement = plan.Segment.Next;
        }
    }

    private ExecutablePlan FindPlan(Scope scope, BasicBlock block, int statement, Value[] variables)
    {
        PlanCache cache = PlanCache.Of(block);
        if (cache.Find(statement, variables) is { } known)
        {
            return known;
        }

        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        ExecutablePlan plan = new PlanMaker(program, context.Backend, scope, block, statement, variables, cache, IsAssignedInLoop, context.Statistics.Rewrites).Make();
        cache.Add(statement, plan, PlansPerSegment);
        context.Statistics.Compiled(System.Diagnostics.Stopwatch.GetElapsedTime(started));
        return plan;
    }

    private bool IsAssignedInLoop(string variable)
    {
        for (int i = outerLoops; i < loops.Count; i++)
        {
            if (LoopVariables.Of(loops[i]).Contains(variable))
            {
                return true;
            }
        }

        return false;
    }

    private void Run(ExecutablePlan plan, Value[] variables)
    {
        Value[] slots = plan.RentSlots();
        try
        {
            Run(plan, variables, slots);
        }
        catch
        {
            // The slots are not used again; what they hold goes back to the pool.
            foreach (ref Value value in slots.AsSpan(0, plan.SlotCount))
            {
                value.Release();
            }

            throw;
        }

        plan.ReturnSlots(slots);
    }

    private void Run(ExecutablePlan plan, Value[] variables, Value[] slots)
    {
        Span<Value> inputs = slots.AsSpan(plan.SlotCount, plan.LargestInputCount);
        Span<Value> outputs = slots.AsSpan(plan.SlotCount + plan.LargestInputCount, plan.LargestOutputCount);
        foreach (ref readonly PlanLoad load in plan.Loads.AsSpan())
        {
            if (load.Slot >= 0)
            {
                slots[load.Slot] = variables[load.Variable].Retain();
            }

            if (load.Takes)
            {
                Assign(variables, load.Variable, default);
            }
        }

        foreach (Instruction instruction in plan.Code)
        {
            Execute(instruction, slots, inputs[..instruction.Inputs.Length], outputs[..instruction.Outputs.Length]);
        }

        foreach (PlanStore store in plan.Stores)
        {
            Assign(variables, store.Variable, slots[store.Slot].Retain());
        }

        foreach (int slot in plan.Held)
        {
            slots[slot].Release();
            slots[slot] = default;
        }

        foreach (int dead in plan.DeadVariables)
        {
            Assign(variables, dead, default);
        }
    }

    private void Execute(Instruction instruction, Value[] slots, Span<Value> inputs, Span<Value> outputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = slots[instruction.Inputs[i]];
        }

        outputs.Clear();
        long started = context.Statistics.Start();
        try
        {
            Dispatch(instruction, inputs, outputs);
        }
        catch (Keras2DmlException e) when (e.Problems is [{ Where: null } problem])
        {
            throw new Keras2DmlException(problem with { Where = Graph.Where(instruction.Span) });
        }
        catch (ArithmeticException e)
        {
            throw RuntimeErrors.Arithmetic.At(Graph.Where(instruction.Span), instruction.Name, e.Message);
        }

        context.Statistics.Stop(instruction.Name, started);
        for (int i = 0; i < instruction.Outputs.Length; i++)
        {
            if (instruction.Outputs[i] >= 0)
            {
                slots[instruction.Outputs[i]] = outputs[i];
            }
            else
            {
                outputs[i].Release();
            }
        }

        foreach (int slot in instruction.Release)
        {
            slots[slot].Release();
            slots[slot] = default;
        }
    }

    private void Dispatch(Instruction instruction, Span<Value> inputs, Span<Value> outputs)
    {
        switch (instruction.Kind)
        {
            case InstructionKind.Cellwise when AllScalars(inputs):
                outputs[0] = ScalarExecution.Run(instruction.Name, inputs, program.TextOf);
                break;
            case InstructionKind.Builtin:
                var builtin = new BuiltinContext(this, instruction, inputs, outputs);
                instruction.Builtin!(ref builtin);
                break;
            default:
                if (instruction.Kernel is null)
                {
                    throw RuntimeErrors.NotSupported.At(Graph.Where(instruction.Span), instruction.Name, context.Backend.Name);
                }

                var call = new KernelCall { Inputs = inputs, Outputs = outputs, Dying = instruction.Dying, Precision = instruction.IsSingle ? MatrixType.Single : MatrixType.Double, Program = instruction.Program, Pool = context.Pool, Threads = context.Threads };
                instruction.Kernel(ref call);
                break;
        }
    }

    private static bool AllScalars(ReadOnlySpan<Value> inputs)
    {
        foreach (ref readonly Value input in inputs)
        {
            if (!input.IsScalar)
            {
                return false;
            }
        }

        return true;
    }

    private void Call(CallPlan call, Value[] variables)
    {
        if (++depth > DeepestCalls || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw RuntimeErrors.CallDepth.At(Graph.Where(call.Call.Span), call.Call.Function.Name, depth - 1);
        }

        Scope scope = call.Call.Function.Scope;
        Value[] frame = RentFrame(scope);
        try
        {
            for (int i = 0; i < call.Arguments.Length; i++)
            {
                frame[call.Parameters[i]] = variables[call.Arguments[i]];
                variables[call.Arguments[i]] = default;
            }

            int outer = outerLoops;
            outerLoops = loops.Count;
            Run(scope, scope.Blocks, frame);
            outerLoops = outer;
            for (int i = 0; i < call.Targets.Length; i++)
            {
                ref Value result = ref frame[call.Results[i]];
                if (result.Tag == ValueTag.None)
                {
                    throw DmlErrors.ResultNotAssigned.At(Graph.Where(call.Call.Span), call.Call.Function.Name, call.Call.Function.Declaration.Results[i].Name);
                }

                Value cast = RuntimeBuiltins.CastTo(call.Call.Function.Declaration.Results[i].Type, result);
                Assign(variables, call.Targets[i], cast);
                result = default;
            }
        }
        finally
        {
            ReturnFrame(scope, frame);
            depth--;
        }
    }

    private static void Assign(Value[] variables, int slot, Value value)
    {
        variables[slot].Release();
        variables[slot] = value;
    }

    private Value[] RentFrame(Scope scope)
    {
        if (!freeFrames.TryGetValue(scope, out Stack<Value[]>? free))
        {
            freeFrames[scope] = free = new Stack<Value[]>();
        }

        return free.TryPop(out Value[]? frame) ? frame : new Value[scope.Slots.Count + PlanCompiler.ArgumentVariables];
    }

    private void ReturnFrame(Scope scope, Value[] frame)
    {
        for (int i = 0; i < frame.Length; i++)
        {
            frame[i].Release();
            frame[i] = default;
        }

        freeFrames[scope].Push(frame);
    }
}
