using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>The main program or a function body as blocks over numbered variables.</summary>
internal sealed class Scope(SourceUnit unit, UserFunction? function, IReadOnlyList<Block> blocks, IReadOnlyDictionary<string, int> slots)
{
    public SourceUnit Unit { get; } = unit;

    /// <summary>The function; null for the main program.</summary>
    public UserFunction? Function { get; } = function;

    public IReadOnlyList<Block> Blocks { get; } = blocks;

    /// <summary>Number of each variable.</summary>
    public IReadOnlyDictionary<string, int> Slots { get; } = slots;
}

/// <summary>A part of a program between control flow.</summary>
internal abstract class Block;

/// <summary>Straight statements: assignments and calls. Plans for it are made when it is first reached.</summary>
internal sealed class BasicBlock(IReadOnlyList<Statement> statements) : Block
{
    public IReadOnlyList<Statement> Statements { get; } = statements;

    /// <summary>Variables whose value is used after statement i, before they are assigned again.</summary>
    public IReadOnlySet<string>[] LiveAfter { get; set; } = [];

    /// <summary>Whatever the runtime keeps for the block (its plans).</summary>
    public object? Cache { get; set; }
}

/// <summary><c>if</c>; the condition was assigned to a variable by the block before.</summary>
internal sealed class IfBlock(string condition, IReadOnlyList<Block> then, IReadOnlyList<Block> otherwise) : Block
{
    public string Condition { get; } = condition;

    public IReadOnlyList<Block> Then { get; } = then;

    public IReadOnlyList<Block> Else { get; } = otherwise;

    public int ConditionSlot { get; set; }
}

/// <summary><c>while</c>; the condition is computed by a block of its own.</summary>
internal sealed class WhileBlock(BasicBlock test, string condition, IReadOnlyList<Block> body) : Block
{
    public BasicBlock Test { get; } = test;

    public string Condition { get; } = condition;

    public IReadOnlyList<Block> Body { get; } = body;

    public int ConditionSlot { get; set; }
}

/// <summary><c>for</c> or <c>parfor</c>; the bounds were assigned to variables by the block before.</summary>
internal sealed class ForBlock(ForStatement statement, string from, string to, string? step, IReadOnlyList<Block> body) : Block
{
    public ForStatement Statement { get; } = statement;

    public string From { get; } = from;

    public string To { get; } = to;

    public string? Step { get; } = step;

    public IReadOnlyList<Block> Body { get; } = body;

    public int VariableSlot { get; set; }

    public int FromSlot { get; set; }

    public int ToSlot { get; set; }

    public int StepSlot { get; set; } = -1;
}
