using Keras2Dml.Keras;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Codegen.Tests;

/// <summary>Models of the golden corpora in <c>tests/golden</c>.</summary>
internal static class GoldenModels
{
    /// <summary>A model of the fit runs: compiled, with its initial weights.</summary>
    public static NetworkModel Fit(string name) => KerasDocument.Load(Checkout.Golden($"training/fit/{name}.keras")).Model;

    /// <summary>A whole model of the corpus, compiled and trained for two steps.</summary>
    public static NetworkModel Whole(string name) => KerasDocument.Load(Checkout.Golden($"models/keras3/{name}.keras")).Model;
}
