namespace Keras2Dml.Dml.Operators;

/// <summary>One step of a cell program. Operands below the number of inputs are inputs, the others results of earlier steps; -1 is none.</summary>
/// <param name="Operator">Name of a cellwise operator with one, two or three inputs.</param>
/// <param name="A">First operand.</param>
/// <param name="B">Second operand.</param>
/// <param name="C">Third operand.</param>
internal readonly record struct CellStep(string Operator, int A, int B, int C);

/// <summary>A chain of cellwise operators that runs as one instruction; the result is that of the last step.</summary>
/// <param name="Inputs">Number of inputs: matrices of the full size, row or column vectors, scalars.</param>
/// <param name="Steps">The steps, each after those whose results it uses.</param>
internal sealed record CellProgram(int Inputs, CellStep[] Steps)
{
    /// <summary>What a backend made of the program at its first run.</summary>
    public object? Prepared { get; set; }
}
