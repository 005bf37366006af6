using System.Globalization;
using System.Text.Json.Nodes;
using Keras2Dml.Core.Data;
using Keras2Dml.Network.Configuration;
using Keras2Dml.Network.Initialization;

namespace Keras2Dml.Verification.Training;

/// <summary>Values of an initializer by seed and shape.</summary>
internal sealed class InitializerCases : ICaseSuite
{
    // Keras's own values agree with another QR decomposition no closer (README of the corpus), measured on orthonormal columns.
    private const double OrthogonalTolerance = 2e-7;

    // Sines and cosines that TensorFlow computes in float32.
    private const double FourierTolerance = 1e-6;

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

            // Everything else is meant bit for bit.
            double tolerance = layer switch { "Orthogonal" => OrthogonalTolerance, "STFT" => FourierTolerance, _ => 0 };
            comparison.Check(key, actual, reference, tolerance, layer == "Orthogonal" ? initializer.Double("gain") : 0);
        }

        return CaseProgram.Result(index, name, comparison);
    }
}
