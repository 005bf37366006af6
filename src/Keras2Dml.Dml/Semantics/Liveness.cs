using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>Backward liveness over blocks: which values are still needed after each statement.</summary>
internal static class Liveness
{
    /// <summary>Fills <see cref="BasicBlock.LiveAfter"/> and returns what is live before the blocks.</summary>
    public static HashSet<string> Compute(IReadOnlyList<Block> blocks, IReadOnlySet<string> liveOut)
    {
        var live = new HashSet<string>(liveOut, StringComparer.Ordinal);
        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            live = Compute(blocks[i], live);
        }

        return live;
    }

    private static HashSet<string> Compute(Block block, HashSet<string> liveOut)
    {
        switch (block)
        {
            case BasicBlock basic:
                return Straight(basic, liveOut);
            case IfBlock branch:
                HashSet<string> live = Compute(branch.Then, liveOut);
                live.UnionWith(Compute(branch.Else, liveOut));
                live.Add(branch.Condition);
                return live;
            case WhileBlock loop:
                return Loop(liveOut, end => Straight(loop.Test, Union(end, Compute(loop.Body, LiveBefore(loop, end)), loop.Condition)), loop);
            case ForBlock loop:
                HashSet<string> before = new(liveOut, StringComparer.Ordinal);
                while (true)
                {
                    HashSet<string> body = Compute(loop.Body, before);
                    body.Remove(loop.Statement.Variable);
                    if (body.IsSubsetOf(before))
                    {
                        break;
                    }

                    before.UnionWith(body);
                }

                before.Add(loop.From);
                before.Add(loop.To);
                if (loop.Step is not null)
                {
                    before.Add(loop.Step);
                }

                return before;
            default:
                throw new InvalidOperationException($"Unknown block {block.GetType().Name}.");
        }
    }

    private static HashSet<string> Loop(HashSet<string> liveOut, Func<HashSet<string>, HashSet<string>> step, WhileBlock loop)
    {
        HashSet<string> live = new(liveOut, StringComparer.Ordinal);
        while (true)
        {
            HashSet<string> before = step(live);
            if (before.IsSubsetOf(live))
            {
                return live;
            }

            live.UnionWith(before);
            live.Add(loop.Condition);
        }
    }

    // What is live at the end of a while body is what is live before its test.
    private static HashSet<string> LiveBefore(WhileBlock loop, HashSet<string> end) => Straight(loop.Test, Union(end, [], loop.Condition));

    private static HashSet<string> Union(HashSet<string> a, HashSet<string> b, string name) => [.. a, .. b, name];

    private static HashSet<string> Straight(BasicBlock block, HashSet<string> liveOut)
    {
        var after = new IReadOnlySet<string>[block.Statements.Count];
        HashSet<string> live = new(liveOut, StringComparer.Ordinal);
        for (int i = block.Statements.Count - 1; i >= 0; i--)
        {
            after[i] = new HashSet<string>(live, StringComparer.Ordinal);
            Statement statement = block.Statements[i];
            live.ExceptWith(Variables.Assigned(statement));
            live.UnionWith(Variables.Used(statement));
        }

        block.LiveAfter = after;
        return live;
    }
}
