namespace Keras2Dml.Network.Configuration;

/// <summary>Keras's data types as element types of tensors.</summary>
internal static class DataTypes
{
    /// <summary>The element type of a Keras data type. Floating-point types of any width are computed in the precision of the run.</summary>
    public static ElementType ElementTypeOf(string? name) => name switch
    {
        "float64" => ElementType.Float64,
        "bool" => ElementType.Bool,
        "string" => ElementType.String,
        "int64" or "uint32" or "uint64" => ElementType.Int64,
        "int8" or "int16" or "int32" or "uint8" or "uint16" or "int" => ElementType.Int32,
        _ => ElementType.Float32,
    };
}
