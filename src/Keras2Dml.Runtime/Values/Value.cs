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

    /// <summary>A number or truth value as a double.</summary>
    public double AsDouble() => Tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(bits) : bits;

    /// <summary>The integer or truth value, or a double truncated toward zero as DML does.</summary>
    public long AsInteger() => Tag == ValueTag.Double ? Scalar.Truncate(BitConverter.Int64BitsToDouble(bits)) : bits;

    public bool AsBoolean() => Tag == ValueTag.Double ? BitConverter.Int64BitsToDouble(bits) != 0 : bits != 0;

    public Matrix AsMatrix() => (Matrix)reference!;

    public string AsString() => (string)reference!;

    public object AsReference() => reference!;

    public ListValue AsList() => (ListValue)reference!;

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
        _ => throw new InvalidOperationException($"A {Tag} is no scalar."),
    };

    public static Value Of(Scalar scalar) => scalar.Kind switch
    {
        Dml.Syntax.ValueKind.Integer => Of(scalar.AsInteger()),
        Dml.Syntax.ValueKind.Boolean => Of(scalar.AsBoolean()),
        Dml.Syntax.ValueKind.String => Of(scalar.AsString()),
        _ => Of(scalar.AsDouble()),
    };
}
