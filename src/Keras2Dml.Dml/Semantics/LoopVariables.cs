using System.Runtime.CompilerServices;

namespace Keras2Dml.Dml.Semantics;

/// <summary>Variables that a loop assigns: their values differ from one iteration to the next.</summary>
internal static class LoopVariables
{
    private static readonly ConditionalWeakTable<Block, HashSet<string>> Known = [];

    public static IReadOnlySet<string> Of(Block loop) => Known.GetValue(loop, static b =>
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Collect([b], names);
        return names;
    });

    private static void Collect(IReadOnlyList<Block> blocks, HashSet<string> names)
    {
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case BasicBlock basic:
                    names.UnionWith(basic.Statements.SelectMany(Variables.Assigned));
                    break;
                case IfBlock branch:
                    Collect(branch.Then, names);
                    Collect(branch.Else, names);
                    break;
                case WhileBlock loop:
                    Collect([loop.Test], names);
                    Collect(loop.Body, names);
                    break;
                case ForBlock loop:
                    names.Add(loop.Statement.Variable);
                    Collect(loop.Body, names);
                    break;
            }
        }
    }
}
