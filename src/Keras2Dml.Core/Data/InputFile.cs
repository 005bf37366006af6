using Keras2Dml.Core.Errors;

namespace Keras2Dml.Core.Data;

/// <summary>Opens files for reading; whatever the operating system refuses becomes a catalogue error that names the file.</summary>
internal static class InputFile
{
    /// <summary>Opens a file, hands its stream to a function and closes it.</summary>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        using FileStream stream = Open(path);
        try
        {
            return read(stream);
        }
        catch (IOException error)
        {
            throw DataErrors.Unreadable.At(path, error.Message);
        }
    }

    /// <summary>Opens a file.</summary>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw DataErrors.Missing.At(null, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw DataErrors.Unreadable.At(path, error.Message);
        }
    }
}
