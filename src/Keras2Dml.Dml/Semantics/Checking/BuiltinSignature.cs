using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>How arguments of a built-in function may be given.</summary>
internal enum ArgumentStyle
{
    /// <summary>By position; names are ignored.</summary>
    Positional,

    /// <summary>By position or by the declared names.</summary>
    Either,

    /// <summary>By the declared names only.</summary>
    Named,

    /// <summary>The first ones by position, the others by name; undeclared names are ignored.</summary>
    Open,
}

/// <summary>One parameter of a built-in function.</summary>
/// <param name="Name">Name.</param>
/// <param name="Kinds">What it takes, one letter each: m matrix, s number or truth value, t text, f frame, l list, b list in brackets; T text of known type.</param>
/// <param name="IsOptional">True when it may be left out.</param>
internal sealed record BuiltinParameter(string Name, string Kinds, bool IsOptional)
{
    /// <summary>True when a value may be given for this parameter; what is unknown is checked when the script runs.</summary>
    public bool Takes(StaticValue value) => value.Data switch
    {
        DataKind.Matrix => Kinds.Contains('m'),
        DataKind.Frame => Kinds.Contains('f'),
        DataKind.List => Kinds.Contains('l'),
        DataKind.Scalar when value.Value == ValueKind.Unknown => Kinds.AsSpan().IndexOfAny('s', 't') >= 0,
        DataKind.Scalar => Kinds.Contains(value.Value == ValueKind.String ? 't' : 's') || (Kinds.Contains('T') && value.Value == ValueKind.String),
        _ => true,
    };

    /// <summary>What it takes, in words.</summary>
    public string Describe() => string.Join(" or ", Kinds.Select(k => k switch
    {
        'm' => "a matrix",
        's' => "a number",
        't' or 'T' => "a string",
        'f' => "a frame",
        'l' => "a list",
        _ => "a list in brackets",
    }));
}

/// <summary>Name, parameters and results of a built-in function, as its calls are checked before a script runs.</summary>
/// <param name="Name">Name.</param>
/// <param name="Style">How arguments are given.</param>
/// <param name="Parameters">Parameters; the last one repeats when <paramref name="Repeats"/>.</param>
/// <param name="Repeats">True when the last parameter takes any number of arguments.</param>
/// <param name="Results">One kind for each result: double, integer, boolean, string, matrix, frame, list, unknown, or cells (a matrix when an argument is one, else a number). None for statements.</param>
internal sealed record BuiltinSignature(string Name, ArgumentStyle Style, IReadOnlyList<BuiltinParameter> Parameters, bool Repeats, IReadOnlyList<string> Results)
{
    public int Fewest => Parameters.Count(p => !p.IsOptional);

    public int Most => Repeats ? int.MaxValue : Parameters.Count;

    /// <summary>The parameter at a position.</summary>
    public BuiltinParameter At(int position) => Parameters[Math.Min(position, Parameters.Count - 1)];

    /// <summary>Parameters as in a call, for messages.</summary>
    public string Describe() => string.Join(", ", Parameters.Select(p => p.IsOptional ? $"[{p.Name}]" : p.Name)) + (Repeats ? ", ..." : string.Empty);
}
