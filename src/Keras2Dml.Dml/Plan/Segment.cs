using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>A planned part of a basic block: a DAG whose loads and stores are variables, then perhaps a call.</summary>
internal sealed record Segment
{
    public required Graph Graph { get; init; }

    /// <summary>Variables read at the start, with what was known of them: the key under which the plan is kept.</summary>
    public required IReadOnlyList<(string Variable, Node Node)> Loads { get; init; }

    /// <summary>Scalar variables whose present value was built in as a constant; also part of the key.</summary>
    public required IReadOnlyList<(string Variable, Scalar Value)> Constants { get; init; }

    /// <summary>Variables assigned at the end that are still needed.</summary>
    public required IReadOnlyList<(string Variable, Node Node)> Stores { get; init; }

    /// <summary>Variables whose value nobody needs after the segment (their memory may be taken over).</summary>
    public required IReadOnlySet<string> Dead { get; init; }

    /// <summary>Number of the first statement after the segment (and its call).</summary>
    public required int Next { get; init; }

    /// <summary>A call of a function that cannot be inlined, made after the DAG has run; null for none.</summary>
    public FunctionCall? Call { get; init; }
}

/// <summary>A call of a user function on a frame of its own.</summary>
/// <param name="Function">The function.</param>
/// <param name="Arguments">Variables (temporaries of the segment) with the arguments, one per parameter.</param>
/// <param name="Targets">Variables that take the results, in order; fewer than results is allowed.</param>
/// <param name="Span">Place of the call.</param>
internal sealed record FunctionCall(UserFunction Function, IReadOnlyList<string> Arguments, IReadOnlyList<string?> Targets, SourceSpan Span);
