using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>A call of a built-in function that is being turned into nodes.</summary>
internal sealed class BuiltinCall(SegmentBuilder builder, CallExpression call)
{
    public CallExpression Call { get; } = call;

    public Graph Graph => builder.Graph;

    public SourceSpan Span => Call.Span;

    public string Name => Call.Name;

    public int Count => Call.Arguments.Count;

    /// <summary>Argument at a position.</summary>
    public Node this[int index] => index < Count ? builder.Expression(Call.Arguments[index].Value) : throw Wrong($"at least {index + 1} arguments", $"{Count}");

    /// <summary>All arguments.</summary>
    public Node[] All => [.. Enumerable.Range(0, Count).Select(i => this[i])];

    public bool Has(string name) => Call.Arguments.Any(a => a.Name == name);

    /// <summary>Argument by name, or at a position when it was given without a name; null when left out.</summary>
    public Node? Find(string name, int position = -1)
    {
        NamedArgument? argument = Call.Arguments.FirstOrDefault(a => a.Name == name)
            ?? (position >= 0 && position < Count && Call.Arguments[position].Name is null ? Call.Arguments[position] : null);
        return argument is null ? null : builder.Expression(argument.Value);
    }

    /// <summary>Argument by name or position; an error when left out.</summary>
    public Node Get(string name, int position = -1) => Find(name, position) ?? throw Wrong($"an argument {name}", Count == 0 ? "no arguments" : string.Join(", ", Call.Arguments.Select(a => a.Name ?? "a value")));

    /// <summary>A bracket list of numbers given by name, such as <c>stride=[1, 1]</c>.</summary>
    public Node[] List(string name, int length)
    {
        NamedArgument? argument = Call.Arguments.FirstOrDefault(a => a.Name == name);
        return argument?.Value is BracketList list && list.Items.Count == length
            ? [.. list.Items.Select(i => Builtins.CastScalar(Graph, "as.integer", builder.Expression(i), Span))]
            : throw Wrong($"{name}=[{string.Join(", ", Enumerable.Repeat("n", length))}]", argument is null ? "none" : "something else");
    }

    /// <summary>The items of a bracket list given by name or position, or a single value; empty when left out.</summary>
    public Node[] Items(string name, int position = -1)
    {
        NamedArgument? argument = Call.Arguments.FirstOrDefault(a => a.Name == name)
            ?? (position >= 0 && position < Count && Call.Arguments[position].Name is null ? Call.Arguments[position] : null);
        return argument is null ? [] : argument.Value is BracketList list ? [.. list.Items.Select(builder.Expression)] : [builder.Expression(argument.Value)];
    }

    /// <summary>Constant strings of a bracket list in one text, separated by line ends.</summary>
    public Node TextItems(string name)
    {
        Node[] items = Items(name);
        return items.All(i => i.IsConstant && i.Constant.IsString) ? Text(string.Join('\n', items.Select(i => i.Constant.AsString()))) : throw Wrong($"{name} as strings", "something else");
    }

    /// <summary>Checks the number of arguments.</summary>
    public void Expect(int minimum, int maximum)
    {
        if (Count < minimum || Count > maximum)
        {
            throw Wrong(minimum == maximum ? $"{minimum} argument{(minimum == 1 ? string.Empty : "s")}" : $"{minimum} to {maximum} arguments", $"{Count}");
        }
    }

    /// <summary>A matrix argument.</summary>
    public Node MatrixAt(int index) => MatrixOf(this[index]);

    public Node MatrixOf(Node node) => node.Facts.Data is DataKind.Matrix or DataKind.Unknown ? node : throw Wrong("a matrix", Graph.Describe(node));

    /// <summary>A scalar argument as an integer node.</summary>
    public Node Integer(Node node) => node.Facts.Value == ValueKind.Integer ? node : Builtins.CastScalar(Graph, "as.integer", node, Span);

    public Keras2DmlException Wrong(string expected, string received) => DmlErrors.BuiltinArguments.At(Graph.Where(Span), Name, expected, received);

    public Node Matrix(string name, params Node[] inputs) => Graph.Matrix(name, Span, inputs);

    public Node Runtime(string name, ValueFacts facts, params Node[] inputs) => Graph.Operation(name, inputs, facts, Span);

    public Node Effect(string name, ValueFacts facts, params Node[] inputs) => Graph.Operation(name, inputs, facts, Span, effect: true);

    public Node Text(string value) => Graph.Constant(Scalar.Of(value));
}
