using Keras2Dml.Network.Configuration;

namespace Keras2Dml.Network.Graph;

/// <summary>A variable of a layer: weight, statistic or state.</summary>
internal sealed record ParameterSpec
{
    /// <summary>Keras's name of the variable inside its layer, with inner layers: <c>kernel</c>, <c>lstm_cell/kernel</c>, <c>seed_generator_state</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Shape in Keras's order.</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    public ElementType Type { get; init; } = ElementType.Float32;

    /// <summary>Inner object that owns the variable in a .keras file, by attribute: empty for the layer itself, <c>cell</c>, <c>seed_generator</c>.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Position in the owner's <c>vars/</c> group of a .keras file.</summary>
    public required int Index { get; init; }

    public bool Trainable { get; init; } = true;

    /// <summary>False for variables that no file holds (states of stateful layers, LoRA factors).</summary>
    public bool Stored { get; init; } = true;

    public KerasObject? Initializer { get; init; }

    public KerasObject? Regularizer { get; init; }

    public KerasObject? Constraint { get; init; }

    /// <summary>How the variable lies in its DML matrix.</summary>
    public required MatrixStorage Storage { get; init; }
}

/// <summary>How a Keras array lies in a DML matrix: axes permuted, then read in row-major order as rows x columns.</summary>
/// <param name="Permutation">New order of the Keras axes: element i names the Keras axis that comes at place i.</param>
/// <param name="Rows">Rows of the matrix.</param>
/// <param name="Columns">Columns of the matrix.</param>
/// <example>Conv2D kernel (R, S, C, F) as F x (C*R*S): permutation [3, 2, 0, 1].</example>
internal sealed record MatrixStorage(IReadOnlyList<int> Permutation, int Rows, int Columns)
{
    /// <summary>A vector as one row.</summary>
    public static MatrixStorage Row(int length) => new([0], 1, length);

    /// <summary>A vector as one column.</summary>
    public static MatrixStorage Column(int length) => new([0], length, 1);

    /// <summary>Axes kept in order, read as rows x columns.</summary>
    public static MatrixStorage Plain(int rank, int rows, int columns) => new([.. Enumerable.Range(0, rank)], rows, columns);
}
