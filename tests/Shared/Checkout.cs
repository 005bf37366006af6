namespace Keras2Dml.Tests.Shared;

/// <summary>Files of the checkout that the tests run in, found upwards from the test binary. Compiled into every test project.</summary>
internal static class Checkout
{
    /// <summary>The repository's root folder.</summary>
    public static string Root { get; } = Path.GetDirectoryName(Find("Keras2Dml.slnx")) ?? throw new DirectoryNotFoundException("The tests run inside the repository.");

    /// <summary>A file or folder of the repository.</summary>
    /// <param name="relative">Path below the root, with slashes.</param>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>A file or folder of the recordings in <c>tests/golden</c>.</summary>
    /// <param name="relative">Path below that folder, with slashes; empty for the folder itself.</param>
    public static string Golden(string relative = "") => Path.Combine(Root, "tests", "golden", relative);

    /// <summary>A file or folder in the repository or beside one of its parents; null when there is none.</summary>
    public static string? Find(string relative)
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, relative);
            if (Path.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
