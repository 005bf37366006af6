using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Initialization;

namespace Keras2Dml.Verification.Training;

/// <summary>Values of an initializer by seed and shape.</summary>
internal sealed class InitializerCases : ICaseSuite
{
    // Keras's own values agree with another QR decomposition no closer (README of the corpus); the others are meant bit for bit.
    private const double OrthogonalTolerance = 2e-7;

    /// <inheritdoc/>
    public bool Handles(string part) => part == "training/initializers";

    /// <inheritdoc/>
    public CaseResult Run(CaseIndex index, JsonObject entry, VerifyOptions options)
    {
        string name = (string)entry["case"]!;
        string layer = (string)entry["layer"]!;
        KerasObject initializer = CaseProgram.Read(ObjectKind.Initializer, layer, entry["config"]);
        var comparison = new Comparison();
        foreach ((string key, Tensor reference) in NpzFile.ReadAll(Path.Combine(index.Folder, name + ".npz")))
        {
            // seed42/5x4, or no_seed/5x4
            int slash = key.IndexOf('/', StringComparison.Ordinal);
            long seed = key.StartsWith("seed", StringComparison.Ordinal) ? long.Parse(key.AsSpan(4, slash - 4), CultureInfo.InvariantCulture) : 0;
            Tensor actual = Initializers.Create(initializer, reference.Shape, seed);
            comparison.Check(key, actual, reference, layer == "Orthogonal" ? OrthogonalTolerance : 0);
        }

        return CaseProgram.Result(index, name, comparison);
    }
}
