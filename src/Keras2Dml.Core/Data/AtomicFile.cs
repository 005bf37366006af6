using System.Text;
using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>Writes files whole or not at all: into a temporary file beside the target, then renamed over it.</summary>
internal static class AtomicFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file through a function that fills a stream (readable and seekable).</summary>
    /// <param name="path">The target; replaced when it exists.</param>
    /// <param name="write">Fills the stream. When it throws, nothing is left behind.</param>
    public static void Write(string path, Action<FileStream> write)
    {
        string temporary = TemporaryName(path);
        try
        {
            if (Directory.Exists(path))
            {
                throw DataErrors.Unwritable.At(path, "there is a folder of this name.");
            }

            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw DataErrors.Unwritable.At(path, error.Message);
        }
        finally
        {
            Delete(temporary);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Utf8.GetBytes(text)));

    private static string TemporaryName(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            return Path.Combine(Path.GetDirectoryName(full) ?? full, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        }
        catch (Exception error) when (error is ArgumentException or IOException or NotSupportedException)
        {
            throw DataErrors.Unwritable.At(path, error.Message);
        }
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file that could not be written is the error to report; a temporary file that will not go is not.
        }
    }
}
