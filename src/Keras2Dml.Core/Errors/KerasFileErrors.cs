namespace Keras2Dml.Core.Errors;

/// <summary>Errors of Keras files (K2D1xxx).</summary>
internal static class KerasFileErrors
{
    public static readonly ErrorDefinition NotHdf = new("K2D1001", ErrorCategory.Data, "These are no HDF5 data: the signature is missing.");

    public static readonly ErrorDefinition HdfDamaged = new("K2D1002", ErrorCategory.Data, "The HDF5 data are damaged: {0}.");

    public static readonly ErrorDefinition HdfUnsupported = new("K2D1003", ErrorCategory.Data,
        "The HDF5 data use {0}, which is not supported. Write the file again with the default settings of h5py.");

    /// <summary>Every definition of this file.</summary>
    public static IReadOnlyList<ErrorDefinition> All { get; } = [NotHdf, HdfDamaged, HdfUnsupported];
}
