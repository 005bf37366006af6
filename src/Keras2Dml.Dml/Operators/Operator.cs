namespace Keras2Dml.Dml.Operators;

/// <summary>Rows and columns of a result; -1 is unknown before run time.</summary>
internal readonly record struct Size(int Rows, int Columns)
{
    public static readonly Size Unknown = new(-1, -1);

    public bool IsKnown => Rows >= 0 && Columns >= 0;
}

/// <summary>How the element kind (double or single) of a matrix result follows from the inputs in single-precision programs.</summary>
internal enum PrecisionRule
{
    /// <summary>Single when any matrix input is single, otherwise double.</summary>
    Follow,

    /// <summary>Always double: sequences, samples, orders, tables, counts, Philox words.</summary>
    AlwaysDouble,

    /// <summary>A fill: takes the kind of what it meets; single in a single-precision program when nothing decides.</summary>
    Adapt,

    /// <summary>Scalar result: scalars are always double.</summary>
    Scalar,
}

/// <summary>Facts about an operator that rewrites and the planner use.</summary>
[Flags]
internal enum OperatorFlags
{
    None = 0,
    Elementwise = 1,
    Commutative = 2,

    /// <summary>The kernel may overwrite its first (or any same-sized) input when that input dies here.</summary>
    InPlace = 4,

    /// <summary>Reads, writes, prints, random draws without a seed: never removed, merged or reordered.</summary>
    Effect = 8,
}

/// <summary>One operator of the table: everything that binder, rewrites, planner, explain and documentation need.</summary>
/// <param name="Name">Unique name; a backend registers its kernel under it.</param>
/// <param name="MinimumInputs">Fewest inputs.</param>
/// <param name="MaximumInputs">Most inputs; -1 for any number.</param>
/// <param name="Outputs">Number of results.</param>
/// <param name="Precision">Element kind of the results.</param>
/// <param name="Flags">See <see cref="OperatorFlags"/>.</param>
/// <param name="Size">Size of the (first) result.</param>
internal sealed record Operator(string Name, int MinimumInputs, int MaximumInputs, int Outputs, PrecisionRule Precision, OperatorFlags Flags, SizeRule Size);
