using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Semantics;

namespace Keras2Dml.Runtime.Values;

/// <summary>The closed set of run-time values.</summary>
internal enum ValueTag : byte
{
    None, Double, Integer, Boolean, String, Matrix, Frame, List,
}

/// <summary>A variable's value: a scalar held inline, or a reference. A matrix in a value counts as one holder.</summary>
internal readonly struct Value
{
    private readonly long bits;
    private readonly object? reference;

    private Value(ValueTag type, long bits, object? reference)
    {
        Tag = type;
        this.bits = bits;
        this.reference = reference;
    }

    public ValueTag Tag { get; }

    public bool IsScalar => Tag is ValueTag.Double or ValueTag.Integer or ValueTag.Boolean or ValueTag.String;

    public bool IsNumber => Tag is ValueTag.Double or ValueTag.Integer or ValueTag.Boolean;

    public static Value Of(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value), null);

    public static Value Of(long value) => new(ValueTag.Integer, value, null);

    public static Value Of(bool value) => new(ValueTag.Boolean, value ? 1 : 0, null);

    public static Value Of(string value) => new(ValueTag.String, 0, value);

    /// <summary>Takes over one holder's count of the matrix.</summary>
    public static Value Of(Matrix value) => new(ValueTag.Matrix, 0, value);

    /// <summary>Takes over one holder's count of the list.</summary>
    public static Value Of(ListValue list) => new(ValueTag.List, 0, list);

    public static Value OfFrame(object frame) => new(ValueTag.Frame, 0, frame);

    /// <summary>The value in messages: <c>a string</c>.</summary>
    public string Kind => Tag switch
    {
        ValueTag.None => "nothing",
        ValueTag.Integer => "an integer",
        _ => "a " + Tag.ToString().ToLowerInvariant(),
    };

    /// <summary>A number or truth value as a double.</summary>
    public double AsDouble() => Tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(bits) : bits;

    /// <summary>The integer or truth value, or a double truncated toward zero as DML does.</summary>
    public long AsInteger() => Tag == ValueTag.Double ? Scalar.Truncate(BitConverter.Int64BitsToDouble(bits)) : bits;

    public bool AsBoolean() => Tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(bits) != 0 : bits != 0;

    /// <exception cref="Keras2DmlException">The value is no matrix, which only the run can tell when a function's result has no known type.</exception>
    public Matrix AsMatrix() => reference as Matrix ?? throw Unexpected("a matrix");

    /// <exception cref="Keras2DmlException">The value is no string.</exception>
    public string AsString() => reference as string ?? throw Unexpected("a string");

    /// <exception cref="Keras2DmlException">The value is a number.</exception>
    public object AsReference() => reference ?? throw Unexpected("a matrix, frame or list");

    /// <exception cref="Keras2DmlException">The value is no list.</exception>
    public ListValue AsList() => reference as ListValue ?? throw Unexpected("a list");

    /// <summary>One more holder of what the value refers to.</summary>
    public Value Retain()
    {
        switch (Tag)
        {
            case ValueTag.Matrix:
                AsMatrix().Retain();
                break;
            case ValueTag.List:
                AsList().Retain();
                break;
        }

        return this;
    }

    /// <summary>One holder less.</summary>
    public void Release()
    {
        switch (Tag)
        {
            case ValueTag.Matrix:
                AsMatrix().Release();
                break;
            case ValueTag.List:
                AsList().Release();
                break;
        }
    }

    public Scalar ToScalar() => Tag switch
    {
        ValueTag.Double => Scalar.Of(AsDouble()),
        ValueTag.Integer => Scalar.Of(bits),
        ValueTag.Boolean => Scalar.Of(bits != 0),
        ValueTag.String => Scalar.Of(AsString()),
        _ => throw Unexpected("a number or a string"),
    };

    public static Value Of(Scalar scalar) => scalar.Kind switch
    {
        Dml.Syntax.ValueKind.Integer => Of(scalar.AsInteger()),
        Dml.Syntax.ValueKind.Boolean => Of(scalar.AsBoolean()),
        Dml.Syntax.ValueKind.String => Of(scalar.AsString()),
        _ => Of(scalar.AsDouble()),
    };

    private Keras2DmlException Unexpected(string expected) => RuntimeErrors.OperandKind.With(expected, Kind);
}
