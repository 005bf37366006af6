using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Models of the golden corpora in <c>tests/golden</c>.</summary>
internal static class GoldenModels
{
    /// <summary>The folder <c>tests/golden</c>, found upwards from the test binary.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A model of the fit runs: compiled, with its initial weights.</summary>
    public static NetworkModel Fit(string name) => KerasDocument.Load(Path.Combine(Root, "training", "fit", name + ".keras")).Model;

    /// <summary>A whole model of the corpus, compiled and trained for two steps.</summary>
    public static NetworkModel Whole(string name) => KerasDocument.Load(Path.Combine(Root, "models", "keras3", name + ".keras")).Model;

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            string candidate = Path.Combine(d.FullName, "tests", "golden");
            if (Directory.Exists(Path.Combine(candidate, "training", "fit")))
            {
                return candidate;
            }
        }

        throw new DirectoryNotFoundException("tests/golden/training/fit");
    }
}
