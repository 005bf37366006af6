namespace Keras2Dml;

/// <summary>Type of the elements of a <see cref="Tensor"/>; names as numpy and Keras print them are in <see cref="ElementTypes.KerasName"/>.</summary>
public enum ElementType
{
    /// <summary>32-bit IEEE floating point.</summary>
    Float32,

    /// <summary>64-bit IEEE floating point.</summary>
    Float64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>Truth value, one byte.</summary>
    Bool,

    /// <summary>Text.</summary>
    String,
}

/// <summary>Facts about element types.</summary>
public static class ElementTypes
{
    /// <summary>The name that Keras and numpy use, for example <c>float32</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string KerasName(this ElementType type) => type switch
    {
        ElementType.Float32 => "float32",
        ElementType.Float64 => "float64",
        ElementType.Int32 => "int32",
        ElementType.Int64 => "int64",
        ElementType.Bool => "bool",
        ElementType.String => "string",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type."),
    };
}
