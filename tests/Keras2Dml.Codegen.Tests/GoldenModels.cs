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

    private static string FindRoot()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            foreach (string candidate in new[] { Path.Combine(d.FullName, "tests", "golden"), Path.Combine(d.FullName, "golden") })
            {
                if (Directory.Exists(Path.Combine(candidate, "training", "fit")))
                {
                    return candidate;
                }
            }
        }

        throw new DirectoryNotFoundException("tests/golden/training/fit");
    }
}
