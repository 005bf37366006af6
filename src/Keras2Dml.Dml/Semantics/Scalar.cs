namespace Keras2Dml.Dml.Semantics;

/// <summary>A scalar value: double, 64-bit integer, boolean or string.</summary>
internal readonly struct Scalar : IEquatable<Scalar>
{
    private readonly double number;
    private readonly long integer;
    private readonly string? text;

    private Scalar(Syntax.ValueKind kind, double number, long integer, string? text)
    {
        Kind = kind;
        this.number = number;
        this.integer = integer;
        this.text = text;
    }

    public Syntax.ValueKind Kind { get; }

    public bool IsString => Kind == Syntax.ValueKind.String;

    public static Scalar Of(double value) => new(Syntax.ValueKind.Double, value, 0, null);

    public static Scalar Of(long value) => new(Syntax.ValueKind.Integer, 0, value, null);

    public static Scalar Of(bool value) => new(Syntax.ValueKind.Boolean, 0, value ? 1 : 0, null);

    public static Scalar Of(string value) => new(Syntax.ValueKind.String, 0, 0, value);

    public double AsDouble() => Kind == Syntax.ValueKind.Double ? number : integer;

    /// <summary>Doubles are truncated toward zero with DML's tolerance: sign * floor(|x| + 2^-53).</summary>
    public long AsInteger() => Kind == Syntax.ValueKind.Double ? Truncate(number) : integer;

    public bool AsBoolean() => Kind == Syntax.ValueKind.Double ? number != 0 : integer != 0;

    public string AsString() => text!;

    public bool Equals(Scalar other) => Kind == other.Kind && BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(other.number) && integer == other.integer && text == other.text;

    public override bool Equals(object? obj) => obj is Scalar other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, number, integer, text);

    /// <summary>DML's conversion of a double to an integer.</summary>
    public static long Truncate(double value) => value < 0 ? -(long)Math.Floor(-value + 1.1102230246251565e-16) : (long)Math.Floor(value + 1.1102230246251565e-16);
}
