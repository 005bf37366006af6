using Keras2Dml.Core.Errors;
using Keras2Dml.Core.Memory;
using Keras2Dml.Runtime.Files;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Data;

/// <summary>A matrix as SystemDS writes it: a file or a folder of parts, in text formats, with a <c>.mtd</c> file beside it. Read by the engine's own <c>read</c>.</summary>
internal static class SystemDsMatrix
{
    private const long LargestBytes = 1L << 31;

    /// <summary>True when a <c>.mtd</c> file lies beside the path.</summary>
    public static bool IsMatrix(string path) => File.Exists(MetadataPath(path));

    /// <summary>Reads the matrix as a table without names.</summary>
    /// <exception cref="Keras2DmlException">No matrix, damaged, or more than 2 GiB.</exception>
    public static NumberTable Read(string path)
    {
        using var pool = new BufferPool(LargestBytes);
        try
        {
            string kind = new FileMetadata().WithFile(Path.TrimEndingDirectorySeparator(path)).DataType;
            if (kind is not ("matrix" or ""))
            {
                throw DataErrors.SystemDsFile.At(path, $"it holds a {kind}.");
            }

            Value value = DataReader.Read(Path.TrimEndingDirectorySeparator(path), path, new FileMetadata(), pool);
            Matrix matrix = value.AsMatrix();
            try
            {
                return matrix.Rows == 0 || matrix.Columns == 0
                    ? throw DataErrors.NoRows.At(path)
                    : new NumberTable(path, null, checked((int)matrix.Rows), checked((int)matrix.Columns), matrix.Doubles.ToArray());
            }
            finally
            {
                matrix.Release();
            }
        }
        catch (Keras2DmlException e) when (e.Category == ErrorCategory.Failure)
        {
            // What is a run-time error of a script is bad data here.
            throw DataErrors.SystemDsFile.At(path, e.Problems[0].Message);
        }
    }

    private static string MetadataPath(string path) => Path.TrimEndingDirectorySeparator(path) + ".mtd";
}
