using System.Runtime.CompilerServices;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Texts compared with files in <c>Snapshots/</c>. With the environment variable <c>UPDATE_SNAPSHOTS=1</c> the files are written instead.</summary>
internal static class Snapshot
{
    public static void Check(string name, string text, [CallerFilePath] string caller = "")
    {
        if (name.EndsWith(".dml", StringComparison.Ordinal))
        {
            GeneratedDialect.Check(name, text);
        }

        string folder = Path.Combine(Path.GetDirectoryName(caller)!, "Snapshots");
        string file = Path.Combine(folder, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"No snapshot {name}; run with UPDATE_SNAPSHOTS=1 and look at the file.");
        Assert.Equal(File.ReadAllText(file), text, ignoreLineEndingDifferences: true);
    }
}
