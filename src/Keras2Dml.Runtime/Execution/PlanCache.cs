using Keras2Dml.Dml.Semantics;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>The plans of a basic block, by first statement, the most recently used first.</summary>
internal sealed class PlanCache
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, ExecutablePlan[]> plans = [];
    private readonly Dictionary<(int Statement, int Variable), int> changes = [];

    /// <summary>The cache of a block; made when first asked for.</summary>
    public static PlanCache Of(BasicBlock block)
    {
        if (block.Cache is PlanCache known)
        {
            return known;
        }

        lock (block)
        {
            var cache = block.Cache as PlanCache ?? new PlanCache();
            block.Cache = cache;
            return cache;
        }
    }

    /// <summary>The plan for the variables as they are; null when there is none.</summary>
    public ExecutablePlan? Find(int statement, Value[] variables)
    {
        lock (gate)
        {
            if (!plans.TryGetValue(statement, out ExecutablePlan[]? known))
            {
                return null;
            }

            for (int i = 0; i < known.Length; i++)
            {
                if (known[i].Fits(variables))
                {
                    ExecutablePlan found = known[i];
                    Array.Copy(known, 0, known, 1, i);
                    known[0] = found;
                    return found;
                }
            }

            return null;
        }
    }

    /// <summary>Keeps a plan; the least recently used one goes when there are too many.</summary>
    public void Add(int statement, ExecutablePlan plan, int capacity)
    {
        lock (gate)
        {
            ExecutablePlan[] known = plans.GetValueOrDefault(statement, []);
            plans[statement] = [plan, .. known.Take(capacity - 1)];
        }
    }

    /// <summary>The plan used last; null when there is none.</summary>
    public ExecutablePlan? Newest(int statement)
    {
        lock (gate)
        {
            return plans.TryGetValue(statement, out ExecutablePlan[]? known) ? known[0] : null;
        }
    }

    /// <summary>Notes that a variable kept a plan from being used again.</summary>
    public void CountChange(int statement, int variable)
    {
        lock (gate)
        {
            changes[(statement, variable)] = changes.GetValueOrDefault((statement, variable)) + 1;
        }
    }

    /// <summary>How often that happened.</summary>
    public int Changes(int statement, int variable)
    {
        lock (gate)
        {
            return changes.GetValueOrDefault((statement, variable));
        }
    }

    /// <summary>All plans, by statement.</summary>
    public IEnumerable<ExecutablePlan> All
    {
        get
        {
            lock (gate)
            {
                return [.. plans.OrderBy(p => p.Key).SelectMany(p => p.Value)];
            }
        }
    }
}
