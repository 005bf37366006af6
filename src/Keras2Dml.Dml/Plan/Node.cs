using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>What is known of a value when a plan is made.</summary>
/// <param name="Data">Scalar, matrix, frame, list; Unknown when only the run tells.</param>
/// <param name="Value">Kind of a scalar; Unknown when only the run tells.</param>
/// <param name="Size">Size of a matrix.</param>
internal readonly record struct ValueFacts(DataKind Data, ValueKind Value, Size Size)
{
    public static readonly ValueFacts Unknown = new(DataKind.Unknown, ValueKind.Unknown, Size.Unknown);

    public static ValueFacts Matrix(Size size) => new(DataKind.Matrix, ValueKind.Double, size);

    public static ValueFacts Scalar(ValueKind kind) => new(DataKind.Scalar, kind, default);

    public bool IsMatrix => Data == DataKind.Matrix;

    public bool IsScalar => Data == DataKind.Scalar;
}

/// <summary>What is known of a variable when a plan is made.</summary>
/// <param name="Facts">Type and size.</param>
/// <param name="Constant">The value of a scalar that the plan may rely on; null when it may change.</param>
internal readonly record struct VariableFacts(ValueFacts Facts, Scalar? Constant);

/// <summary>What a node of the DAG is.</summary>
internal enum NodeKind
{
    /// <summary>A known scalar.</summary>
    Constant,

    /// <summary>The value of a variable before the segment.</summary>
    Load,

    /// <summary>An operator of the table, or a built-in of the runtime, by name.</summary>
    Operation,

    /// <summary>One of several results of an operation.</summary>
    Result,
}

/// <summary>A value in the DAG of a segment. Nodes are hash-consed: equal operations on equal inputs are one node.</summary>
internal sealed class Node
{
    public required int Id { get; init; }

    public required NodeKind Kind { get; init; }

    /// <summary>Operator or built-in; variable of a load.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<Node> Inputs { get; init; } = [];

    public required ValueFacts Facts { get; init; }

    /// <summary>Value of a constant.</summary>
    public Scalar Constant { get; init; }

    /// <summary>Which result of its input a <see cref="NodeKind.Result"/> is.</summary>
    public int Index { get; init; }

    /// <summary>Number of results of an operation.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Never removed, merged or moved.</summary>
    public bool HasEffect { get; init; }

    /// <summary>Steps of a cell chain; null for other operations.</summary>
    public CellProgram? Program { get; init; }

    public SourceSpan Span { get; init; }

    public bool IsConstant => Kind == NodeKind.Constant;

    /// <summary>The input as size rules see it.</summary>
    public InputFacts InputFacts => new(Facts.IsMatrix, Facts.IsMatrix ? Facts.Size : default, IsConstant && !Constant.IsString ? Constant.AsDouble() : null);

    public override string ToString() => Kind switch
    {
        NodeKind.Constant => Constant.IsString ? $"\"{Constant.AsString()}\"" : Constant.AsDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
        NodeKind.Load => Name,
        NodeKind.Result => $"{Inputs[0].Id}[{Index}]",
        _ => $"{Name}({string.Join(", ", Inputs.Select(i => i.IsConstant ? i.ToString() : $"%{i.Id}"))})",
    };
}
