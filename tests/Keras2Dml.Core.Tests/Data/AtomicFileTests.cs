using Keras2Dml.Core.Data;

namespace Keras2Dml.Core.Tests.Data;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_else()
    {
        string path = Path.Combine(folder, "model.keras");
        AtomicFile.WriteText(path, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_missing_folder_and_a_folder_as_target_are_named()
    {
        var missing = Assert.Throws<Keras2DmlException>(() => AtomicFile.WriteText(Path.Combine(folder, "no", "file"), ""));
        Assert.Equal(ErrorCategory.Failure, missing.Category);
        Assert.Contains(Path.Combine(folder, "no", "file"), missing.Message);
        Assert.Contains(folder, Assert.Throws<Keras2DmlException>(() => AtomicFile.WriteText(folder, "")).Message);
        Assert.Empty(Directory.GetFiles(folder));
    }
}
