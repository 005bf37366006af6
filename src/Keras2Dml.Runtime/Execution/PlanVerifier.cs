using Keras2Dml.Dml.Operators;

namespace Keras2Dml.Runtime.Execution;

/// <summary>The rules of a legal plan: every slot is written once before it is read, given up once, and never read afterwards.</summary>
internal static class PlanVerifier
{
    /// <summary>Checks a plan.</summary>
    /// <exception cref="InvalidOperationException">The plan breaks a rule.</exception>
    public static void Check(ExecutablePlan plan)
    {
        HashSet<int> constants = [.. plan.Constants.Select(c => c.Slot)];
        var alive = new HashSet<int>(constants);
        var written = new HashSet<int>(constants);
        foreach (PlanLoad load in plan.Loads.Where(l => l.Slot >= 0))
        {
            Require(written.Add(load.Slot) && alive.Add(load.Slot), $"slot {load.Slot} is loaded twice");
        }

        for (int i = 0; i < plan.Code.Length; i++)
        {
            Instruction instruction = plan.Code[i];
            string what = $"instruction {i} ({instruction.Name})";
            if (OperatorTable.Find(instruction.Name) is { } op)
            {
                int count = instruction.Inputs.Length;
                Require(count >= op.MinimumInputs && (op.MaximumInputs < 0 || count <= op.MaximumInputs), $"{what} has {count} inputs");
            }

            foreach (int input in instruction.Inputs)
            {
                Require(alive.Contains(input), $"{what} reads slot {input}, which holds nothing");
            }

            foreach (int slot in instruction.Release)
            {
                Require(instruction.Inputs.Contains(slot) && !constants.Contains(slot) && alive.Remove(slot), $"{what} gives up slot {slot}, which it does not own");
            }

            for (int input = 0; input < Math.Min(64, instruction.Inputs.Length); input++)
            {
                Require((instruction.Dying >> input & 1) == 0 || instruction.Release.Contains(instruction.Inputs[input]), $"{what} may overwrite input {input}, which is needed later");
            }

            foreach (int output in instruction.Outputs.Where(o => o >= 0))
            {
                Require(output < plan.SlotCount && written.Add(output) && alive.Add(output), $"{what} writes slot {output}, which was written before");
            }
        }

        foreach (PlanStore store in plan.Stores)
        {
            Require(alive.Contains(store.Slot), $"variable {store.Variable} takes slot {store.Slot}, which holds nothing");
        }

        alive.ExceptWith(constants);
        Require(alive.SetEquals(plan.Held), "values are held that nobody gives up");
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Illegal plan: {problem}.");
        }
    }
}
