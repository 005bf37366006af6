using System.Reflection;

namespace Keras2Dml.Conventions.Tests;

/// <summary>The checkout and the assemblies under test.</summary>
internal static class Repository
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
    [
        typeof(Tensor).Assembly, typeof(Network.Layers.Layer).Assembly, typeof(Keras.KerasDocument).Assembly, typeof(Library.LibraryText).Assembly,
        typeof(Codegen.GeneratedScript).Assembly, typeof(Dml.Operators.Operator).Assembly, typeof(Runtime.Values.Value).Assembly,
        typeof(Runtime.Cpu.CpuBackend).Assembly, typeof(KerasModel).Assembly, typeof(Cli.ExitCodes).Assembly,
    ];

    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Checkout.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
}
