namespace Keras2Dml.Core.Data;

/// <summary>Facts about the compression of zip, gzip and HDF5.</summary>
internal static class Deflate
{
    /// <summary>Bytes that one compressed byte can become at most (zlib's documentation: 1032), rounded up: what claims to be larger is damaged or hostile.</summary>
    public const int LargestRatio = 1040;
}
