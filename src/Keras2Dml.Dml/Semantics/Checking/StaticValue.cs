using System.Globalization;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>What is known of a value before a script runs.</summary>
/// <param name="Data">Scalar, matrix, frame, list or unknown.</param>
/// <param name="Value">Value type of a scalar.</param>
/// <param name="Rows">Rows of a matrix or frame; -1 when unknown.</param>
/// <param name="Columns">Columns; -1 when unknown.</param>
/// <param name="Constant">The scalar itself when it is known.</param>
internal readonly record struct StaticValue(DataKind Data, ValueKind Value, long Rows = -1, long Columns = -1, Scalar? Constant = null)
{
    public static readonly StaticValue Unknown = new(DataKind.Unknown, ValueKind.Unknown);
    public static readonly StaticValue List = new(DataKind.List, ValueKind.Unknown);
    public static readonly StaticValue Frame = new(DataKind.Frame, ValueKind.Unknown);

    public bool IsScalar => Data == DataKind.Scalar;

    public bool IsMatrix => Data == DataKind.Matrix;

    public bool IsText => IsScalar && Value == ValueKind.String;

    /// <summary>A matrix whose rows and columns are both known.</summary>
    public bool IsSized => IsMatrix && Rows >= 0 && Columns >= 0;

    public static StaticValue Scalar(ValueKind value) => new(DataKind.Scalar, value);

    public static StaticValue Matrix(long rows = -1, long columns = -1) => new(DataKind.Matrix, ValueKind.Double, rows, columns);

    public static StaticValue Of(Scalar constant) => new(DataKind.Scalar, constant.Kind, Constant: constant);

    public static StaticValue Of(DeclaredType type) => new(type.Data, type.Value);

    /// <summary>A number that is known, as a count or index; null otherwise.</summary>
    public long? Integer => Constant is { IsString: false } c ? c.AsInteger() : null;

    /// <summary>What is common to both; the data type of this value when they differ.</summary>
    public StaticValue Common(StaticValue other) => Data != other.Data
        ? Unknown
        : new StaticValue(Data, Value == other.Value ? Value : ValueKind.Unknown, Rows == other.Rows ? Rows : -1, Columns == other.Columns ? Columns : -1, Equals(Constant, other.Constant) ? Constant : null);

    /// <summary>The data type alone, for variables that change in a loop.</summary>
    public StaticValue Widened() => new(Data, Value);

    /// <summary>In words, for messages.</summary>
    public string Describe() => Data switch
    {
        DataKind.Matrix when IsSized => Size,
        DataKind.Matrix => "a matrix",
        DataKind.Frame => "a frame",
        DataKind.List => "a list",
        DataKind.Scalar => Value switch
        {
            ValueKind.Double => "a double",
            ValueKind.Integer => "an integer",
            ValueKind.Boolean => "a boolean",
            ValueKind.String => "a string",
            _ => "a scalar of unknown type",
        },
        _ => "a value of unknown type",
    };

    /// <summary><c>2x3</c>; unknown extents are shown as <c>?</c>.</summary>
    public string Size => $"{Extent(Rows)}x{Extent(Columns)}";

    private static string Extent(long extent) => extent < 0 ? "?" : extent.ToString(CultureInfo.InvariantCulture);
}
