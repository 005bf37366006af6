using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>A variable that a plan reads: part of the key of the plan.</summary>
/// <param name="Variable">Number in the frame.</param>
/// <param name="Slot">Slot that takes the value; -1 when no instruction needs it.</param>
/// <param name="Takes">True when nobody needs the variable afterwards: the plan takes its holder's count over.</param>
/// <param name="Tag">Tag of the value for which the plan was made.</param>
/// <param name="Size">Size of the matrix for which the plan was made; unknown parts fit any.</param>
/// <param name="Type">Element kind of the matrix for which the plan was made.</param>
internal readonly record struct PlanLoad(int Variable, int Slot, bool Takes, ValueTag Tag, Size Size, MatrixType Type)
{
    public bool Fits(in Value value)
    {
        if (value.Tag != Tag)
        {
            return false;
        }

        if (Tag != ValueTag.Matrix)
        {
            return true;
        }

        Matrix matrix = value.AsMatrix();
        return matrix.Type == Type && (Size.Rows < 0 || matrix.Rows == Size.Rows) && (Size.Columns < 0 || matrix.Columns == Size.Columns);
    }
}

/// <summary>A scalar variable whose value is built into a plan: part of its key.</summary>
internal readonly record struct PlanConstant(int Variable, Scalar Value)
{
    public bool Fits(in Value value) => value.IsScalar && value.ToScalar().Equals(Value);
}

/// <summary>A variable that a plan assigns.</summary>
internal readonly record struct PlanStore(int Variable, int Slot);

/// <summary>A segment as instructions over numbered slots, for the sizes it was made for.</summary>
internal sealed class ExecutablePlan
{
    private Value[]? spare;

    public required Segment Segment { get; init; }

    public required Instruction[] Code { get; init; }

    public required PlanLoad[] Loads { get; init; }

    public required PlanConstant[] Assumptions { get; init; }

    public required PlanStore[] Stores { get; init; }

    public required (int Slot, Value Value)[] Constants { get; init; }

    /// <summary>Slots that hold a value at the end of the code: stored ones, and loads that no instruction used up.</summary>
    public required int[] Held { get; init; }

    /// <summary>Variables that nobody needs after the segment.</summary>
    public required int[] DeadVariables { get; init; }

    public required int SlotCount { get; init; }

    public required int LargestInputCount { get; init; }

    public required int LargestOutputCount { get; init; }

    public required CallPlan? Call { get; init; }

    /// <summary>True when the variables are as they were when the plan was made.</summary>
    public bool Fits(Value[] variables)
    {
        foreach (ref readonly PlanLoad load in Loads.AsSpan())
        {
            if (!load.Fits(variables[load.Variable]))
            {
                return false;
            }
        }

        foreach (ref readonly PlanConstant constant in Assumptions.AsSpan())
        {
            if (!constant.Fits(variables[constant.Variable]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Slots with the constants in place, followed by room for inputs and outputs of one instruction.</summary>
    public Value[] RentSlots() => Interlocked.Exchange(ref spare, null) ?? NewSlots();

    public void ReturnSlots(Value[] slots) => spare = slots;

    private Value[] NewSlots()
    {
        var slots = new Value[SlotCount + LargestInputCount + LargestOutputCount];
        foreach ((int slot, Value value) in Constants)
        {
            slots[slot] = value;
        }

        return slots;
    }
}

/// <summary>A call of a function after a plan.</summary>
/// <param name="Call">The call.</param>
/// <param name="Arguments">Variables of the caller with the arguments.</param>
/// <param name="Targets">Variables of the caller that take the results.</param>
/// <param name="Parameters">Variables of the callee for the arguments.</param>
/// <param name="Results">Variables of the callee with the results.</param>
internal sealed record CallPlan(FunctionCall Call, int[] Arguments, int[] Targets, int[] Parameters, int[] Results);
