using Keras2Dml.Core.Data;

namespace Keras2Dml.Keras.Files;

/// <summary>Weights in an npz archive: arrays by path.</summary>
internal static class NpzWeights
{
    /// <summary>Reads every array. Keras 3 up to 3.15 pickles them; such arrays are refused, they are never executed.</summary>
    public static IReadOnlyDictionary<string, Tensor> Read(byte[] bytes, string where)
    {
        using NpzFile file = NpzFile.FromBytes(bytes, where);
        return file.Names.ToDictionary(n => n, file.Read, StringComparer.Ordinal);
    }
}
