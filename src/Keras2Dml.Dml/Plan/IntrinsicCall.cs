using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>A call of a library function that may become native operators.</summary>
internal sealed record IntrinsicCall(Graph Graph, IReadOnlyList<Node> Arguments, SourceSpan Span)
{
    public Node this[int index] => Arguments[index];

    /// <summary>Arguments from a position on.</summary>
    public IEnumerable<Node> From(int index) => Arguments.Skip(index);

    public Node Matrix(string name, params Node[] inputs) => Graph.Matrix(name, Span, inputs);

    public Node Integer(long value) => Graph.Integer(value);

    public Node Boolean(bool value) => Graph.Boolean(value);

    public Node Rows(Node matrix) => matrix.Facts is { IsMatrix: true, Size.Rows: >= 0 } ? Integer(matrix.Facts.Size.Rows) : Graph.Operation("nrow", [matrix], ValueFacts.Scalar(ValueKind.Integer), Span);

    public Node Columns(Node matrix) => matrix.Facts is { IsMatrix: true, Size.Columns: >= 0 } ? Integer(matrix.Facts.Size.Columns) : Graph.Operation("ncol", [matrix], ValueFacts.Scalar(ValueKind.Integer), Span);

    public Node Product(Node a, Node b) => Graph.Cellwise("*", Span, a, b);

    public Node Sum(Node a, Node b) => Graph.Cellwise("+", Span, a, b);

    public Node Difference(Node a, Node b) => Graph.Cellwise("-", Span, a, b);

    /// <summary>a / b for integers that divide.</summary>
    public Node Quotient(Node a, Node b) => Graph.Cellwise("%/%", Span, a, b);

    public Node Larger(Node a, Node b) => Graph.Cellwise("max", Span, a, b);

    public Node Reshape(Node matrix, Node rows, Node columns) => Matrix("reshape", matrix, rows, columns, Boolean(true));

    /// <summary>Sums of the cells of each channel over rows and positions: channels x 1.</summary>
    public Node ChannelSums(Node matrix, Node channels) => Matrix("rowSums", Reshape(Matrix("colSums", matrix), channels, Quotient(Columns(matrix), channels)));
}
