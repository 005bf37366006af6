using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>A DAG under construction: hash-consing, constant folding, size propagation.</summary>
internal sealed class Graph(Func<Scalar, string> textOf)
{
    private readonly List<Node> nodes = [];
    private readonly Dictionary<Key, Node> known = [];
    private readonly Dictionary<Scalar, Node> constants = [];

    /// <summary>All nodes in the order of creation, which is the program's order.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>Nodes with effects, in order.</summary>
    public List<Node> Effects { get; } = [];

    /// <summary>Statements of functions that were tried to be inlined; bounds the work on recursive functions.</summary>
    public int InlinedStatements { get; set; }

    /// <summary>A new graph without nodes for the same program.</summary>
    public Graph Empty() => new(textOf);

    public Node Constant(Scalar value)
    {
        if (!constants.TryGetValue(value, out Node? node))
        {
            constants[value] = node = Add(new Node { Id = nodes.Count, Kind = NodeKind.Constant, Name = "constant", Constant = value, Facts = ValueFacts.Scalar(value.Kind) });
        }

        return node;
    }

    public Node Integer(long value) => Constant(Scalar.Of(value));

    public Node Boolean(bool value) => Constant(Scalar.Of(value));

    public Node Load(string variable, ValueFacts facts) => Add(new Node { Id = nodes.Count, Kind = NodeKind.Load, Name = variable, Facts = facts });

    /// <summary>An operation of the table or a built-in; merged with an equal one unless it has effects.</summary>
    public Node Operation(string name, IReadOnlyList<Node> inputs, ValueFacts facts, SourceSpan span, int outputs = 1, bool effect = false)
    {
        var key = new Key(name, inputs, 0);
        if (!effect && known.TryGetValue(key, out Node? existing))
        {
            return existing;
        }

        Node node = Add(new Node { Id = nodes.Count, Kind = NodeKind.Operation, Name = name, Inputs = inputs, Facts = facts, Span = span, Outputs = outputs, HasEffect = effect });
        if (effect)
        {
            Effects.Add(node);
        }
        else
        {
            known[key] = node;
        }

        return node;
    }

    /// <summary>A copy of an operation of another graph with other inputs; merged with an equal one unless it has effects.</summary>
    public Node Copy(Node operation, IReadOnlyList<Node> inputs) => operation.Program is { } cells
        ? Chain(cells, inputs, operation.Facts, operation.Span)
        : Operation(operation.Name, inputs, operation.Facts, operation.Span, operation.Outputs, operation.HasEffect);

    /// <summary>A chain of cellwise operators.</summary>
    public Node Chain(CellProgram cells, IReadOnlyList<Node> inputs, ValueFacts facts, SourceSpan span) =>
        Add(new Node { Id = nodes.Count, Kind = NodeKind.Operation, Name = "cell_chain", Inputs = inputs, Facts = facts, Span = span, Program = cells });

    /// <summary>One of several results.</summary>
    public Node Result(Node operation, int index, ValueFacts facts)
    {
        var key = new Key("result", [operation], index);
        if (!known.TryGetValue(key, out Node? node))
        {
            known[key] = node = Add(new Node { Id = nodes.Count, Kind = NodeKind.Result, Name = operation.Name, Inputs = [operation], Index = index, Facts = facts, Span = operation.Span });
        }

        return node;
    }

    /// <summary>An operator of the table on matrices (and scalars), with its size from the table.</summary>
    public Node Matrix(string name, SourceSpan span, params Node[] inputs)
    {
        Operator op = OperatorTable.Get(name);
        var facts = new InputFacts[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            facts[i] = inputs[i].Facts.Data == DataKind.Unknown ? new InputFacts(true, Size.Unknown, null) : inputs[i].InputFacts;
        }

        return op.Precision == PrecisionRule.Scalar
            ? Operation(name, inputs, ValueFacts.Scalar(ValueKind.Double), span)
            : Operation(name, inputs, ValueFacts.Matrix(op.Size(facts)), span);
    }

    /// <summary>A cellwise operator: folded for constants, scalar for scalars, otherwise on matrices.</summary>
    public Node Cellwise(string name, SourceSpan span, params Node[] inputs)
    {
        if (inputs.All(i => i.Facts.IsScalar))
        {
            return ScalarNode(name, span, inputs);
        }

        if (inputs.Any(i => i.Facts.Data is DataKind.List or DataKind.Frame) || inputs.Any(i => i.Facts is { IsScalar: true, Value: ValueKind.String } && i.Facts.IsScalar))
        {
            throw DmlErrors.OperandTypes.At(Where(span), name, string.Join(" and ", inputs.Select(Describe)));
        }

        if (inputs.Any(i => i.Facts.Data == DataKind.Unknown))
        {
            return inputs.Any(i => i.Facts.IsMatrix) ? Matrix(name, span, inputs) : Operation(name, inputs, ValueFacts.Unknown, span);
        }

        if (inputs.Length == 2)
        {
            CheckSizes(name, span, inputs[0], inputs[1]);
        }

        return Matrix(name, span, inputs);
    }

    private Node ScalarNode(string name, SourceSpan span, Node[] inputs)
    {
        ValueKind kind = ScalarKinds.Of(name, inputs);
        if (inputs.All(i => i.IsConstant) && name != "ifelse")
        {
            try
            {
                return Constant(inputs.Length == 1 ? ScalarOperations.Unary(name, inputs[0].Constant) : ScalarOperations.Binary(name, inputs[0].Constant, inputs[1].Constant, textOf));
            }
            catch (ArithmeticException)
            {
                // Left to the run, where the statement may never be reached.
            }
        }

        return Operation(name, inputs, ValueFacts.Scalar(kind), span);
    }

    private static void CheckSizes(string name, SourceSpan span, Node left, Node right)
    {
        if (!left.Facts.IsMatrix || !right.Facts.IsMatrix || !left.Facts.Size.IsKnown || !right.Facts.Size.IsKnown)
        {
            return;
        }

        Size a = left.Facts.Size;
        Size b = right.Facts.Size;
        bool fits = a == b || (a.Rows == b.Rows && b.Columns == 1) || (a.Columns == b.Columns && b.Rows == 1) || (a.Columns == 1 && b.Rows == 1);
        if (!fits)
        {
            throw DmlErrors.SizesCellwise.At(Where(span), name, $"{a.Rows}x{a.Columns}", $"{b.Rows}x{b.Columns}");
        }
    }

    public static string Where(SourceSpan span) => $"{span.File}:{span.Line}:{span.Column}";

    public static string Describe(Node node) => node.Facts.Data switch
    {
        DataKind.Matrix => node.Facts.Size.IsKnown ? $"a matrix of {node.Facts.Size.Rows}x{node.Facts.Size.Columns}" : "a matrix",
        DataKind.Scalar => node.Facts.Value switch { ValueKind.String => "a string", ValueKind.Boolean => "a boolean", ValueKind.Integer => "an integer", _ => "a double" },
        DataKind.List => "a list",
        DataKind.Frame => "a frame",
        _ => "an unknown value",
    };

    private Node Add(Node node)
    {
        nodes.Add(node);
        return node;
    }

    private readonly struct Key(string name, IReadOnlyList<Node> inputs, int index) : IEquatable<Key>
    {
        private readonly string name = name;
        private readonly IReadOnlyList<Node> inputs = inputs;
        private readonly int index = index;

        public bool Equals(Key other)
        {
            if (name != other.name || index != other.index || inputs.Count != other.inputs.Count)
            {
                return false;
            }

            for (int i = 0; i < inputs.Count; i++)
            {
                if (!ReferenceEquals(inputs[i], other.inputs[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(name);
            hash.Add(index);
            foreach (Node input in inputs)
            {
                hash.Add(input.Id);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>Result kinds of scalar operations.</summary>
internal static class ScalarKinds
{
    public static ValueKind Of(string name, IReadOnlyList<Node> inputs)
    {
        if (name is "&" or "|" && inputs.Any(i => i.Facts.Value is ValueKind.Double or ValueKind.Unknown))
        {
            return inputs.Any(i => i.Facts.Value == ValueKind.Double) ? ValueKind.Double : ValueKind.Unknown;
        }

        if (name is "<" or "<=" or ">" or ">=" or "==" or "!=" or "&" or "|" or "!" or "xor" or "is.na" or "is.nan" or "is.infinite")
        {
            return ValueKind.Boolean;
        }

        if (inputs.Any(i => i.Facts.Value == ValueKind.Unknown))
        {
            return ValueKind.Unknown;
        }

        if (name == "+" && inputs.Any(i => i.Facts.Value == ValueKind.String))
        {
            return ValueKind.String;
        }

        bool integers = inputs.All(i => i.Facts.Value == ValueKind.Integer);
        return integers && name is "+" or "-" or "*" or "%%" or "%/%" or "min" or "max" or "negate" or "abs" && integers ? ValueKind.Integer : ValueKind.Double;
    }
}
