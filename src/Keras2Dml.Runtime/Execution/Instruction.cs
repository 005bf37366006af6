using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Builtins;

namespace Keras2Dml.Runtime.Execution;

/// <summary>How an instruction is executed.</summary>
internal enum InstructionKind : byte
{
    /// <summary>A kernel of the backend on matrices.</summary>
    Kernel,

    /// <summary>A cellwise operator: on scalars by the runtime, otherwise by the kernel.</summary>
    Cellwise,

    /// <summary>A built-in of the runtime.</summary>
    Builtin,
}

/// <summary>One step of a plan: inputs and outputs are numbered slots.</summary>
internal sealed class Instruction
{
    public required string Name { get; init; }

    public required InstructionKind Kind { get; init; }

    public Kernel? Kernel { get; init; }

    public RuntimeBuiltin? Builtin { get; init; }

    public required int[] Inputs { get; init; }

    /// <summary>Slots of the results; -1 for a result that nobody uses.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>Slots that are used here for the last time.</summary>
    public int[] Release { get; set; } = [];

    /// <summary>Bit i: input i (of the first 64) is used here for the last time.</summary>
    public ulong Dying { get; set; }

    /// <summary>True when results that follow no input are single precision.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Steps of a cell chain; null for other operations.</summary>
    public CellProgram? Program { get; init; }

    public SourceSpan Span { get; init; }
}
