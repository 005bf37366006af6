using System.Collections.Frozen;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>A call of a library function that may become native operators.</summary>
internal sealed record IntrinsicCall(Graph Graph, IReadOnlyList<Node> Arguments, SourceSpan Span)
{
    public Node this[int index] => Arguments[index];

    public Node Matrix(string name, params Node[] inputs) => Graph.Matrix(name, Span, inputs);

    public Node Integer(long value) => Graph.Integer(value);

    /// <summary>An operation with several results.</summary>
    public Node[] Results(string name, IReadOnlyList<ValueFacts> facts, params Node[] inputs)
    {
        Node operation = Graph.Operation(name, inputs, facts[0], Span, facts.Count);
        return [.. facts.Select((f, i) => Graph.Result(operation, i, f))];
    }
}

/// <summary>Library functions with native operators: one line each. The DML body stays the definition; tests assert that both agree.</summary>
internal static class Intrinsics
{
    private static readonly FrozenDictionary<(string Path, string Function), Func<IntrinsicCall, IReadOnlyList<Node>?>> Table =
        new Dictionary<(string, string), Func<IntrinsicCall, IReadOnlyList<Node>?>>
        {
            [("keras2dml/random/philox.dml", "uniform")] = c => [c.Matrix("philox_uniform", c[0], c[1], c[2], c[3])],
        }.ToFrozenDictionary();

    /// <summary>The native form of a function of the library; null when it has none. The native form itself gives null when it does not fit the arguments.</summary>
    public static Func<IntrinsicCall, IReadOnlyList<Node>?>? Find(string path, string function) => Table.GetValueOrDefault((path, function));

    /// <summary>Every function with a native form.</summary>
    public static IEnumerable<(string Path, string Function)> All => Table.Keys.OrderBy(k => k.Path, StringComparer.Ordinal);
}
